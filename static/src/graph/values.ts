/** Changing values on the graph: by dragging the number, or by typing in a field over it. */
import { labelOf, nodeOf, readingOrder, type GraphContext } from './context';
import { boxAround } from './geometry';
import { isEditable, VALUE_Y } from './labels';
import { createLeafField, type LeafField } from './leaf-field';
import { enableScrub } from './scrub';
import type { VisibleNode } from './visible';

/** Half of a number's height: the field stands around its middle. */
const HALF_NUMBER = 5;
/** What has to be on the stage while a value is typed: number, rail and old value. */
const ROOM = { width: 90, height: 60 };

export interface Values {
  edit(node: VisibleNode): void;
  field: LeafField;
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
  const field = createLeafField(parts.stage, {
    actions: app.actions,
    placeOf(node) {
      const label = labelOf(context, node.id);
      if (!label) return null;
      const { k, x, y } = zoom.view;
      return { x: label.x * k + x, y: (label.y + VALUE_Y - HALF_NUMBER) * k + y, scale: k };
    },
    neighbour(node, way) {
      const leaves = readingOrder(context).filter((item) => isEditable(item.node));
      const at = leaves.findIndex((item) => item.node.id === node.id);
      const next = at < 0 ? undefined : leaves[at + way];
      return next ? nodeOf(context, next.node.id) : null;
    },
    closed(node, toNode) {
      if (toNode) host.focus(node.id);
      host.changed();
    },
  });

  function edit(node: VisibleNode): void {
    tooltip.hide();
    const label = labelOf(context, node.id);
    if (label) zoom.reveal(boxAround(label.x, label.y, ROOM.width, ROOM.height));
    field.open(node);
    host.changed();
  }

  enableScrub(parts.root, {
    actions: app.actions,
    leafAt(target) {
      const handle = target.closest('.editable');
      const id = handle?.closest('[data-label]')?.getAttribute('data-label');
      const node = id === null || id === undefined ? null : nodeOf(context, id);
      return handle && node ? { node, handle } : null;
    },
    click: edit,
    began() {
      tooltip.hide();
      host.began();
    },
  });

  return { edit, field };
}
