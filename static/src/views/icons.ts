/** The page's line icons, drawn as paths in a box of 18. Those of the first look are in status-icons.ts. */
import { drawing, STATUS_PATHS } from './status-icons';

const PATHS = {
  ...STATUS_PATHS,
  undo: 'M6.5 4 3 7.5 6.5 11M3.5 7.5h7a4 4 0 0 1 0 8H7',
  redo: 'M11.5 4 15 7.5 11.5 11M14.5 7.5h-7a4 4 0 0 0 0 8H11',
  link: 'M9 2.5v9M5.8 5.4 9 2.4l3.2 3M6 8H3.5v7h11V8H12',
  moon: 'M14.8 10.6A6.3 6.3 0 1 1 7.4 3.2a5 5 0 0 0 7.4 7.4Z',
  sun: 'M9 5.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8M9 1.5v1.6M9 14.9v1.6M1.5 9h1.6M14.9 9h1.6M3.7 3.7l1.1 1.1M13.2 13.2l1.1 1.1M14.3 3.7l-1.1 1.1M4.8 13.2l-1.1 1.1',
  help: 'M9 2.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 9 2.4M7.1 7.2a2 2 0 1 1 2.9 1.8c-.7.4-1 .8-1 1.5M9 12.6v.1',
  copy: 'M6.5 6.5h8v8h-8ZM11.5 6.5v-3h-8v8h3',
  close: 'M4.5 4.5l9 9M13.5 4.5l-9 9',
  download: 'M9 2.8v8.4M5.6 8 9 11.4 12.4 8M3.2 14.8h11.6',
  search: 'M8 3.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6M11.6 11.6 15 15',
  sliders: 'M3 6h5.4M12.6 6H15M3 12h2.4M9.6 12H15M10.5 4.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6M7.5 10.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
} as const;

const TRANSPORT = {
  first: 'M9 4 3.5 9 9 14ZM15 4 9.5 9 15 14Z',
  back: 'M4 4h2v10H4ZM14 4 7.5 9 14 14Z',
  play: 'M6 3.5 14.5 9 6 14.5Z',
  pause: 'M5 4h2.6v10H5ZM10.4 4H13v10h-2.6Z',
  forward: 'M12 4h2v10h-2ZM4 4l6.5 5L4 14Z',
  last: 'M9 4l5.5 5L9 14ZM3 4l5.5 5L3 14Z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGSVGElement {
  return drawing(PATHS[name]);
}

/** The filled signs of a player. */
export function transportIcon(name: keyof typeof TRANSPORT): SVGSVGElement {
  const svg = drawing(TRANSPORT[name]);
  svg.classList.add('icon-filled');
  return svg;
}
