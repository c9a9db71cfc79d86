/** The composite that a reader means without pointing at it: that of the focused node, else that of the selection. */
import type { Answer } from '../api/model';
import type { App } from '../app';
import { visibleGraph } from '../graph/visible';
import { focusNodeSoon } from './focus-soon';

export function toggleGroupHere({ store, actions, operations }: App): void {
  const { answer, openGroups, selection, view } = store.get();
  const stop = document.activeElement?.closest<HTMLElement | SVGElement>('#stage :is([data-node], [data-group], [data-collapse])');
  const focused = stop?.dataset['node'] ?? stop?.dataset['group'] ?? stop?.dataset['collapse'] ?? null;
  const id = focused ?? (selection?.kind === 'node' ? selection.id : null);
  const group = answer && id !== null ? groupToToggle(answer, openGroups, id) : null;
  if (!answer || group === null) return;
  actions.toggleGroup(group);
  if (focused === null) return;
  // The focused node is gone: the focus goes to what stands for it now.
  const after = visibleGraph(answer, store.get().openGroups, view, operations);
  const output = answer.groups.find((one) => one.id === group)?.output;
  const next = after.standsFor.get(output ?? '') ?? group;
  focusNodeSoon(next);
}

/** A closed composite to open, or the innermost open one around a node to collapse; null where there is none. */
export function groupToToggle(answer: Answer, openGroups: ReadonlySet<string>, id: string): string | null {
  if (answer.groups.some((group) => group.id === id)) return id;
  // The output is drawn as a node of its own, which stands for no gate.
  const node = answer.nodes.find((one) => one.id === id);
  const around = node?.group ?? null;
  return around !== null && openGroups.has(around) ? around : null;
}
