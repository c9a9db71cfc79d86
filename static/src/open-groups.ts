/** Which groups stand open: called composites when the reader has opened them, written-out ones unless closed. */
import type { Answer } from './api/model';
import type { State } from './state';

type Choices = Pick<State, 'openGroups' | 'openedGroups' | 'closedGroups'>;

/** The set for this answer; the same object as before when nothing has changed. */
export function openGroupsOf(answer: Answer, { openGroups, openedGroups, closedGroups }: Choices): ReadonlySet<string> {
  const open = answer.groups.filter(({ id, written }) => (written ? !closedGroups.has(id) : openedGroups.has(id)));
  const same = open.length === openGroups.size && open.every(({ id }) => openGroups.has(id));
  return same ? openGroups : new Set(open.map(({ id }) => id));
}

/** What changes when a group is opened or closed. */
export function toggledGroup(answer: Answer, id: string, choices: Choices): Partial<Choices> {
  const group = answer.groups.find((one) => one.id === id);
  if (!group) return {};
  const field = group.written ? 'closedGroups' : 'openedGroups';
  const chosen = new Set(choices[field]);
  if (!chosen.delete(id)) chosen.add(id);
  return { [field]: chosen, openGroups: openGroupsOf(answer, { ...choices, [field]: chosen }) };
}
