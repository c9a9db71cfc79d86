/** The regions of the stage: the SVG with its viewport, legend, hint and zoom bar. */
import { element } from '../views/elements';
import { svg } from './svg';

export interface StageParts {
  stage: HTMLElement;
  root: SVGSVGElement;
  viewport: SVGGElement;
  legend: HTMLElement;
  hint: HTMLElement;
  zoom: HTMLElement;
}

export function buildStage(stage: HTMLElement): StageParts {
  const viewport = svg('g', { class: 'viewport' });
  const root = svg('svg', { id: 'graph', class: 'graph', role: 'group', 'aria-label': 'Computation graph' }, viewport);
  const legend = element('div', 'legend', { id: 'legend' });
  const hint = element('div', 'hint', { id: 'hint' });
  const zoom = element('div', 'zoom', { id: 'zoom' });
  stage.prepend(root, legend, hint, zoom);
  return { stage, root, viewport, legend, hint, zoom };
}
