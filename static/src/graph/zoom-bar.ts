/** Buttons bottom right: smaller, the present size, larger, fit. */
import { button, element } from '../views/elements';
import { zoomGraph } from '../views/signals';
import { svg } from './svg';
import type { Zoom } from './zoom';

const FACTOR = 1.25;
const SIGNS = {
  minus: 'M4 9h10',
  plus: 'M4 9h10M9 4v10',
  fit: 'M3.5 6.5v-3h3M11.5 3.5h3v3M14.5 11.5v3h-3M6.5 14.5h-3v-3',
} as const;

export function zoomBar(root: HTMLElement, zoom: () => Zoom): { show(scale: number): void } {
  const percent = element('span', 'zoom-percent', { 'aria-live': 'off' });
  const control = (sign: keyof typeof SIGNS, label: string, key: string, run: () => void): HTMLButtonElement =>
    button('icon-button', run, { 'aria-label': label, title: `${label} (${key})` }, drawn(sign));
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', 'Zoom');
  root.append(
    control('minus', 'Zoom out', '−', () => zoom().zoomBy(1 / FACTOR)),
    percent,
    control('plus', 'Zoom in', '+', () => zoom().zoomBy(FACTOR)),
    control('fit', 'Fit the graph', '0', () => zoom().fit()),
  );
  return {
    show(scale) {
      percent.textContent = `${String(Math.round(scale * 100))}%`;
    },
  };
}

/** The keys of the bar, which the page's own table of keys sends here. */
export function followZoomKeys(zoom: Zoom): void {
  zoomGraph.on((request) => {
    if (request === 'fit') zoom.fit();
    else zoom.zoomBy(request === 'in' ? FACTOR : 1 / FACTOR);
  });
}

function drawn(name: keyof typeof SIGNS): SVGSVGElement {
  return svg('svg', { viewBox: '0 0 18 18', width: 18, height: 18, 'aria-hidden': 'true' }, svg('path', { d: SIGNS[name] }));
}
