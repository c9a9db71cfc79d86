/** Pointing and clicking: what lies under the pointer becomes a hover, a tooltip or a selection. */

/** What an element of the drawing stands for. */
export type Thing =
  | { kind: 'node'; id: string; element: Element }
  | { kind: 'junction'; id: string; element: Element }
  | { kind: 'wire'; id: string; element: Element }
  | { kind: 'rail'; id: string; element: Element }
  | { kind: 'label'; id: string; element: Element }
  | { kind: 'group'; id: string; element: Element }
  | { kind: 'collapse'; id: string; element: Element };

const KINDS = [
  ['collapse', 'data-collapse'],
  ['group', 'data-group'],
  ['node', 'data-node'],
  ['junction', 'data-junction'],
  ['label', 'data-label'],
  ['wire', 'data-edge'],
  ['rail', 'data-rail'],
] as const;

export function thingAt(target: EventTarget | null): Thing | null {
  if (!(target instanceof Element)) return null;
  for (const [kind, attribute] of KINDS) {
    const element = target.closest(`[${attribute}]`);
    const id = element?.getAttribute(attribute);
    if (element && id !== null && id !== undefined) return { kind, id, element };
  }
  return null;
}

export interface PointerHost {
  /** Null: nothing is under the pointer any more. */
  over(thing: Thing | null): void;
  click(thing: Thing | null, event: MouseEvent): void;
  doubleClick(thing: Thing): void;
}

export function enablePointer(root: SVGSVGElement, host: PointerHost): void {
  let last: Element | null = null;
  const over = (thing: Thing | null): void => {
    const element = thing?.element ?? null;
    if (element === last) return;
    last = element;
    host.over(thing);
  };
  root.addEventListener('pointerover', (event) => over(thingAt(event.target)));
  root.addEventListener('pointerleave', () => over(null));
  let clicked: Thing | null = null;
  root.addEventListener('click', (event) => {
    // The first click may have opened the inspector, and another thing may be under the second one by now.
    if (event.detail > 1) return;
    clicked = thingAt(event.target);
    host.click(clicked, event);
  });
  root.addEventListener('dblclick', () => {
    if (clicked) host.doubleClick(clicked);
  });
}
