/** Hover, tooltip and selection: with the pointer and with the keys. */
import { reachOf } from '../explain/tensor-words';
import { fullNumber } from '../format';
import { nodeOf, placeOf, readingOrder, type GraphContext } from './context';
import { boxAround } from './geometry';
import { enableKeyboard, type Keyboard } from './keyboard';
import { GRADIENT_Y } from './labels';
import { enablePointer, thingAt, type Thing } from './pointer';
import { focusNodeSoon } from '../views/focus-soon';
import type { TooltipLine } from './tooltip';
import type { Values } from './values';
import { OUTPUT, type VisibleNode } from './visible';

/** Where the arrow keys stop besides nodes: what precedes the id of a node or group. */
const JUNCTION = 'junction ';
const GROUP = 'group ';
const COLLAPSE = 'collapse ';
const IN_TITLE = { title: { x: 24, y: 19 }, collapse: { x: -40, y: 19 } } as const;

function tensorLines({ value, gradient }: NonNullable<VisibleNode['node']['tensor']>): TooltipLine[] {
  const line: TooltipLine = { kind: 'value', text: reachOf(value, fullNumber) };
  return gradient ? [line, { kind: 'gradient', text: reachOf(gradient, fullNumber) }] : [line];
}

export function enablePointing(context: GraphContext, { edit, editable }: Pick<Values, 'edit' | 'editable'>): Keyboard {
  const { app, parts, drawing, zoom, tooltip } = context;
  const { store, actions } = app;

  function lines(thing: Thing): TooltipLine[] {
    if (thing.kind === 'wire') {
      const edge = context.picture()?.graph.edges.find(({ id }) => id === thing.id);
      if (!edge || edge.downstream === null || edge.target.startsWith(OUTPUT)) return [];
      const flow = edge.tensor ? reachOf(edge.tensor, fullNumber) : fullNumber(edge.downstream);
      if (edge.local === null) return [{ kind: 'gradient', text: flow }];
      return [{ kind: 'gradient', text: flow }, { kind: 'local', text: fullNumber(edge.local) }];
    }
    const node = nodeOf(context, thing.id);
    if (!node) return [];
    if (thing.kind === 'junction') {
      const sum = node.gradient === null ? null : context.reader()?.sum(node);
      return sum ? [{ kind: null, text: sum }] : [];
    }
    const { tensor } = node.node;
    if (tensor) return tensorLines(tensor);
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
    else if (thing.kind === 'collapse') actions.toggleGroup(thing.id);
    else if (thing.kind === 'group') actions.select({ kind: 'node', id: thing.id });
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
    click(thing, event) {
      // A press on a leaf's number opens its field.
      if (thing?.kind === 'label' && thing.element.querySelector('.editable')) return;
      // A press on a cell has gone to its label, which has no place of its own.
      if (thing?.kind === 'label' && event.target === thing.element) return;
      if (thing?.kind === 'node' || thing?.kind === 'junction' || thing?.kind === 'label') choose(thing);
      else {
        void import('./later').then(({ nodeNear }) => {
          const near = nodeNear(context, event);
          choose(near === null ? thing : { kind: 'node', id: near });
        });
      }
    },
    doubleClick(thing) {
      const node = thing.kind === 'node' ? nodeOf(context, thing.id) : null;
      if (node?.group) actions.toggleGroup(node.group.id);
    },
  });

  const kindOf = (spot: string): string => [JUNCTION, GROUP, COLLAPSE].find((kind) => spot.startsWith(kind)) ?? '';
  const idOf = (spot: string): string => spot.slice(kindOf(spot).length);
  const elementOf = (spot: string): SVGGElement | null => {
    const id = idOf(spot);
    switch (kindOf(spot)) {
      case JUNCTION:
        return drawing.junctionButton(id);
      case GROUP:
        return context.frames()?.button(id, 'title') ?? null;
      case COLLAPSE:
        return context.frames()?.button(id, 'collapse') ?? null;
      default:
        return drawing.nodeButton(id);
    }
  };

  return enableKeyboard(parts.root, {
    spots: () => [
      ...readingOrder(context).map(({ node, x, y }) => ({ id: node.id, x, y })),
      ...(context.scene()?.junctions ?? []).map(({ node, x, y }) => ({ id: `${JUNCTION}${node.id}`, x, y })),
      ...(context.scene()?.groups ?? []).flatMap(({ open: { group }, x, y, width }) => [
        { id: `${GROUP}${group.id}`, x: x + IN_TITLE.title.x, y: y + IN_TITLE.title.y },
        { id: `${COLLAPSE}${group.id}`, x: x + width + IN_TITLE.collapse.x, y: y + IN_TITLE.collapse.y },
      ]),
    ],
    element(spot) {
      context.keep(idOf(spot));
      return elementOf(spot);
    },
    spotOf(element) {
      const thing = thingAt(element);
      if (thing?.kind === 'node') return thing.id;
      if (thing?.kind === 'junction') return `${JUNCTION}${thing.id}`;
      if (thing?.kind === 'group') return `${GROUP}${thing.id}`;
      return thing?.kind === 'collapse' ? `${COLLAPSE}${thing.id}` : null;
    },
    open(spot) {
      if (spot.startsWith(GROUP)) return choose({ kind: 'group', id: idOf(spot) });
      if (spot.startsWith(COLLAPSE)) {
        choose({ kind: 'collapse', id: idOf(spot) });
        return focusNodeSoon(idOf(spot));
      }
      const node = nodeOf(context, idOf(spot));
      if (node && spot === node.id && editable(node)) {
        // A tensor has more to it than the cell that its field stands over.
        if (node.node.tensor) choose({ kind: 'node', id: node.id });
        edit(node);
      } else choose({ kind: 'node', id: idOf(spot) });
    },
    focused(spot) {
      const element = elementOf(spot);
      const id = idOf(spot);
      // A click has brought the focus where the pointer is already: nothing is to be shown or moved.
      if (!element?.matches(':focus-visible')) return;
      const place = placeOf(context, id);
      const outline = spot === id ? undefined : context.scene()?.groups.find(({ open }) => open.group.id === id);
      if (place) zoom.reveal(boxAround(place.x, place.y, place.anatomy.width, place.anatomy.height));
      else if (outline) zoom.reveal({ left: outline.x, top: outline.y, right: outline.x + outline.width, bottom: outline.y + 40 });
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
