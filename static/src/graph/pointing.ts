/** Hover, tooltip and selection: with the pointer and with the keys. */
import { fullNumber } from '../format';
import { nodeOf, placeOf, readingOrder, type GraphContext } from './context';
import { boxAround } from './geometry';
import { enableKeyboard, type Keyboard } from './keyboard';
import { GRADIENT_Y, isEditable } from './labels';
import { enablePointer, type Thing } from './pointer';
import type { TooltipLine } from './tooltip';
import { OUTPUT, type VisibleNode } from './visible';

const JUNCTION = 'junction ';

export function enablePointing(context: GraphContext, edit: (node: VisibleNode) => void): Keyboard {
  const { app, parts, drawing, zoom, tooltip } = context;
  const { store, actions } = app;

  function lines(thing: Thing): TooltipLine[] {
    if (thing.kind === 'wire') {
      const edge = context.picture()?.graph.edges.find(({ id }) => id === thing.id);
      if (!edge || edge.downstream === null || edge.local === null || edge.target.startsWith(OUTPUT)) return [];
      return [{ kind: 'gradient', text: fullNumber(edge.downstream) }, { kind: 'local', text: fullNumber(edge.local) }];
    }
    const node = nodeOf(context, thing.id);
    if (!node) return [];
    if (thing.kind === 'junction') {
      const sum = node.gradient === null ? null : context.reader()?.sum(node);
      return sum ? [{ kind: null, text: sum }] : [];
    }
    const value: TooltipLine = { kind: 'value', text: fullNumber(node.value) };
    return node.gradient === null ? [value] : [value, { kind: 'gradient', text: fullNumber(node.gradient) }];
  }

  function boundsOf({ element, kind }: Thing): DOMRect | null {
    if (!element.isConnected) return null;
    if (kind !== 'junction') return ((kind === 'node' ? element.querySelector('.shape') : null) ?? element).getBoundingClientRect();
    // Below the gradient of the rail, which is the sum that the note explains.
    const { left, top, width, height } = (element.querySelector('.dot') ?? element).getBoundingClientRect();
    const air = (GRADIENT_Y - 2) * zoom.view.k;
    return new DOMRect(left, top - air, width, height + 2 * air);
  }

  function over(thing: Thing | null): void {
    if (store.get().drag || !context.picture()) return;
    const owner = thing && thing.kind !== 'wire' ? nodeOf(context, thing.id) : null;
    actions.hover(owner?.node.id ?? null);
    if (thing) tooltip.plan(lines(thing), () => boundsOf(thing), thing.kind === 'junction');
    else tooltip.hide();
  }

  function choose(thing: Pick<Thing, 'kind' | 'id'> | null): void {
    tooltip.hide();
    const edge = thing?.kind === 'wire' ? context.picture()?.graph.edges.find(({ id }) => id === thing.id) : undefined;
    if (!thing) actions.select(null);
    else if (edge && !edge.target.startsWith(OUTPUT)) {
      const { source, target, operand } = edge;
      actions.select({ kind: 'edge', source, target, operand });
    } else {
      const node = nodeOf(context, edge?.source ?? thing.id);
      // The output shows the value of its gate, and the gate is what can be explained.
      const id = node?.kind === 'output' ? node.operands[0] : node?.id;
      actions.select(id === undefined ? null : { kind: 'node', id });
    }
  }

  enablePointer(parts.root, {
    over,
    click(thing) {
      // A press on a leaf's number opens its field.
      if (thing?.kind === 'label' && thing.element.querySelector('.editable')) return;
      choose(thing);
    },
  });

  const idOf = (spot: string): string => (spot.startsWith(JUNCTION) ? spot.slice(JUNCTION.length) : spot);
  const elementOf = (spot: string): SVGGElement | null =>
    spot.startsWith(JUNCTION) ? drawing.junctionButton(idOf(spot)) : drawing.nodeButton(spot);

  return enableKeyboard(parts.root, {
    spots: () => [
      ...readingOrder(context).map(({ node, x, y }) => ({ id: node.id, x, y })),
      ...(context.scene()?.junctions ?? []).map(({ node, x, y }) => ({ id: `${JUNCTION}${node.id}`, x, y })),
    ],
    element: elementOf,
    spotOf(element) {
      const node = element.closest('[data-node]')?.getAttribute('data-node');
      const junction = element.closest('[data-junction]')?.getAttribute('data-junction');
      return node ?? (junction === null || junction === undefined ? null : `${JUNCTION}${junction}`);
    },
    open(spot) {
      const node = nodeOf(context, idOf(spot));
      if (node && isEditable(node) && spot === node.id) edit(node);
      else choose({ kind: 'node', id: idOf(spot) });
    },
    focused(spot) {
      const element = elementOf(spot);
      const id = idOf(spot);
      // A click has brought the focus where the pointer is already: nothing is to be shown or moved.
      if (!element?.matches(':focus-visible')) return;
      const place = placeOf(context, id);
      if (place) zoom.reveal(boxAround(place.x, place.y, place.anatomy.width, place.anatomy.height));
      actions.hover(nodeOf(context, id)?.node.id ?? null);
      if (!spot.startsWith(JUNCTION)) return;
      const thing: Thing = { kind: 'junction', id, element };
      tooltip.plan(lines(thing), () => boundsOf(thing), true);
    },
    left() {
      actions.hover(null);
      tooltip.hide();
    },
  });
}
