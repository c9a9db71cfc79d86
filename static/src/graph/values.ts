/** Changing values on the graph: by dragging the number, or by typing in a field over it. */
import { labelOf, nodeOf, readingOrder, type GraphContext } from './context';
import { boxAround } from './geometry';
import { isEditable, VALUE_Y } from './labels';
import type { LeafField, LeafFieldHost } from './leaf-field';
import { enableScrub } from './scrub';
import { heldEntry, type Held } from './held';
import { cellAt, placeOfCell } from './held-cells';
import type { VisibleNode } from './visible';

/** Half of a number's height: the field stands around its middle. */
const HALF_NUMBER = 5;
/** What has to be on the stage while a value is typed: number, rail and old value. */
const ROOM = { width: 90, height: 60 };

/** Px on the screen. */
const LEAST_TOUCHED = 24;

export interface Values {
  /** Opens a field over its number, or over its first cell. */
  edit(node: VisibleNode): void;
  /** Whether there is anything to open. */
  editable(node: VisibleNode): boolean;
  field: Pick<LeafField, 'place' | 'editing'>;
}

export interface ValuesHost {
  /** A field has opened or closed. */
  changed(): void;
  /** The focus is to go to a node. */
  focus(node: string): void;
  /** The first drag of all has begun. */
  began(): void;
}

export function enableValues(context: GraphContext, host: ValuesHost): Values {
  const { app, parts, zoom, tooltip } = context;
  /** There once the first look is over: keys that follow a press must find it. */
  let field: LeafField | null = null;
  const fieldHost: LeafFieldHost = {
    actions: app.actions,
    placeOf(node) {
      const { k, x, y } = zoom.view;
      if (node.entry !== undefined) {
        const cell = placeOfCell(context, node.id, node.entry);
        return cell && { x: cell.x * k + x, y: cell.y * k + y, scale: k };
      }
      const label = labelOf(context, node.id);
      if (!label) return null;
      return { x: label.x * k + x, y: (label.y + VALUE_Y - HALF_NUMBER) * k + y, scale: k };
    },
    neighbour(node, way) {
      const fields = readingOrder(context).flatMap((item) => fieldsOf(nodeOf(context, item.node.id)));
      const at = fields.findIndex(({ id, entry }) => id === node.id && entry === node.entry);
      return at < 0 ? null : (fields[at + way] ?? null);
    },
    closed(node, toNode) {
      if (toNode) host.focus(node.id);
      host.changed();
    },
  };
  const made = async (): Promise<LeafField> => {
    const { createLeafField } = await import('./later');
    return (field ??= createLeafField(parts.stage, fieldHost));
  };
  void made();

  /** A leaf's number, or each entry of a leaf that has its cells on the graph. */
  function fieldsOf(node: VisibleNode | null): Held[] {
    if (!node) return [];
    if (isEditable(node)) return [node];
    if (node.kind !== 'leaf' || !placeOfCell(context, node.id, 0)) return [];
    return (node.node.tensor?.value.entries ?? []).flatMap((_, entry) => heldEntry(node, entry) ?? []);
  }

  function edit(node: Held): void {
    tooltip.hide();
    const label = node.entry === undefined ? labelOf(context, node.id) : placeOfCell(context, node.id, node.entry);
    if (label) zoom.reveal(boxAround(label.x, label.y, ROOM.width, ROOM.height));
    const open = (one: LeafField): void => {
      one.open(node);
      host.changed();
    };
    if (field) open(field);
    else void made().then(open);
  }

  // A card is pressed as one thing, and its cells are held: the hand shows which of the two it would do.
  parts.root.addEventListener('pointermove', (event) => {
    const over = event.buttons === 0 && event.target instanceof Element && event.target.closest('[data-node]') ? cellAt(context, event.target, event) : null;
    parts.root.classList.toggle('over-cell', over !== null && nodeOf(context, over.node)?.kind === 'leaf');
  });

  const shown: Values['field'] = {
    place: () => field?.place(),
    get editing() {
      return field?.editing ?? null;
    },
  };

  enableScrub(parts.root, {
    actions: app.actions,
    leafAt(target, at) {
      const cell = cellAt(context, target, at);
      const owner = cell && nodeOf(context, cell.node);
      if (owner) {
        const node = owner.kind === 'leaf' ? heldEntry(owner, cell.entry) : null;
        // Cells are drawn anew while they change; what they stand on stays.
        const handle = target.closest('[data-label], [data-node]');
        return node && handle && { node, handle };
      }
      const handle = target.closest('.editable');
      const id = handle?.closest('[data-label]')?.getAttribute('data-label');
      const node = id === null || id === undefined ? null : nodeOf(context, id);
      return handle && node ? { node, handle } : null;
    },
    click(node, { pointerType }) {
      const cell = node.entry === undefined ? null : placeOfCell(context, node.id, node.entry);
      // A finger does not hit such a cell by intention: the panel of the leaf has larger ones.
      if (pointerType === 'touch' && cell && cell.height < LEAST_TOUCHED) app.actions.select({ kind: 'node', id: node.id });
      else edit(node);
    },
    began() {
      tooltip.hide();
      host.began();
    },
  });

  return { edit: (node) => edit(fieldsOf(node)[0] ?? node), editable: (node) => fieldsOf(node).length > 0, field: shown };
}
