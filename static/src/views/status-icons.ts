/** The line icons that the first look at the page needs, in a box of 18; the others are in icons.ts. */

export const STATUS_PATHS = {
  check: 'M4 9.4l3.2 3.2L14 5.8',
  problem: 'M9 2.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 9 2.4M9 5.9v3.6M9 12v.1',
  warning: 'M9 3 16 15H2ZM9 7.6v3.4M9 12.9v.2',
  chevron: 'M5 7l4 4 4-4',
} as const;

export type StatusIcon = keyof typeof STATUS_PATHS;

export function statusIcon(name: StatusIcon): SVGSVGElement {
  return drawing(STATUS_PATHS[name]);
}

export function drawing(d: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 18 18');
  svg.setAttribute('width', '18');
  svg.setAttribute('height', '18');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}
