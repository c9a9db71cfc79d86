/** The regions of the stage: the SVG with its viewport, legend, tints, hint and zoom bar. */
import { element } from '../views/elements';
import { svg } from './svg';

export interface StageParts {
  stage: HTMLElement;
  root: SVGSVGElement;
  viewport: SVGGElement;
  legend: HTMLElement;
  /** What tints mean, above the hint. */
  tints: HTMLElement;
  hint: HTMLElement;
  zoom: HTMLElement;
}

export function buildStage(stage: HTMLElement): StageParts {
  const viewport = svg('g', { class: 'viewport' });
  const root = svg('svg', { id: 'graph', class: 'graph', role: 'group', 'aria-label': 'Computation graph' }, viewport);
  const legend = element('div', 'legend', { id: 'legend' });
  const tints = element('div', 'legend legend-foot', { id: 'tints' });
  const hint = element('div', 'hint', { id: 'hint' });
  const zoom = element('div', 'zoom', { id: 'zoom' });
  stage.prepend(root, legend, tints, hint, zoom);
  return { stage, root, viewport, legend, tints, hint, zoom };
}
