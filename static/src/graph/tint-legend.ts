/** What the tints of cells mean, at the foot of the stage: a strip from one end of each scale to the other. */
import { fullNumber } from '../format';
import type { Layers } from '../state';
import { element } from '../views/elements';
import type { Figures } from './figures';

export function drawTintLegend(root: HTMLElement, figures: Figures | null, layers: Layers): void {
  const { scales } = figures ?? { scales: null };
  const key = scales ? [scales.value, scales.gradient, layers.values, layers.gradients].join() : '';
  if (root.dataset['key'] === key) return;
  root.dataset['key'] = key;
  root.replaceChildren();
  if (!scales) return;
  if (layers.values) root.append(strip(scales.value, 'values'));
  if (layers.gradients) root.append(strip(scales.gradient, 'gradients'));
}

function strip(end: number, words: string): HTMLElement {
  const text = fullNumber(end);
  return element('div', 'legend-entry legend-tint', {}, `\u2212${text}`, element('span', 'legend-strip'), text, element('span', '', {}, words));
}
