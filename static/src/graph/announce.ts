/** Names and values for screen readers, written after a pause so that a drag does not rewrite them all the time. */
import type { GraphContext } from './context';
import { handleOf, isEditable } from './labels';
import type { Reader } from './sentences';
import { set } from './svg';

export function announce(context: GraphContext, reader: Reader): void {
  const { drawing, parts } = context;
  const picture = context.picture();
  if (!picture) return;
  set(parts.root, { 'aria-label': reader.graph });
  for (const node of picture.graph.nodes) {
    const element = drawing.nodeButton(node.id);
    if (element) set(element, { 'aria-label': reader.node(node) });
    const junction = drawing.junctionButton(node.id);
    if (junction) set(junction, { 'aria-label': reader.junction(node) });
    const handle = isEditable(node) ? handleOf(drawing.label(node.id)) : null;
    if (!handle) continue;
    set(handle, {
      role: 'spinbutton',
      tabindex: -1,
      'aria-label': node.label,
      'aria-valuetext': picture.figures.values.get(node.id)?.text ?? '',
      'aria-valuenow': Number.isFinite(node.value) ? node.value : null,
    });
  }
}
