/** Makers of SVG elements. Text is always text; attributes are only written when they change. */
import type { Lettering } from './anatomy';
import { LEVEL_SHIFT, LEVEL_SIZE } from './math-text';

const NAMESPACE = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | null>>;

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Writes attributes that differ; null takes one away. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows a child, or hides it without taking its place in the order away. */
export function show(element: Element, shown: boolean): void {
  if (element.hasAttribute('display') === shown) set(element, { display: shown ? null : 'none' });
}

/** Fills a text element with runs around its anchor, and says how far below the middle its baseline lies. */
export function letter(element: SVGTextElement, { runs, size }: Lettering): void {
  const mark = `${String(size)} ${runs.map((run) => `${run.font}${run.level}${run.text}`).join('|')}`;
  if (element.dataset['runs'] === mark) return;
  element.dataset['runs'] = mark;
  element.setAttribute('font-size', String(size));
  let lowered = 0;
  element.replaceChildren(
    ...runs.map((run) => {
      const shift = LEVEL_SHIFT[run.level] * size;
      const dy = shift - lowered;
      lowered = shift;
      const scale = LEVEL_SIZE[run.level];
      return svg(
        'tspan',
        { class: run.font, dy: dy === 0 ? null : dy.toFixed(1), 'font-size': scale === 1 ? null : (size * scale).toFixed(1) },
        run.text,
      );
    }),
  );
}

/** How far below the middle of a line of this text its baseline has to lie for it to look centred. */
export function baseline({ runs, size }: Lettering): number {
  const tall = runs.some((run) => run.level !== 'base' || /[^a-zαγειηκμνοπρστυχω]|[bdfhijklt]/u.test(run.text));
  const words = runs.every((run) => run.font === 'main');
  return size * (tall && words ? 0.33 : tall ? 0.27 : 0.22);
}
