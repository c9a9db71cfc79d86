/** The step that the nudge card tells of: from the start of a drag until the next selection or change. Pure. */
import type { Answer } from './api/model';
import type { State } from './state';

/** What has to stay as it is for the card to stay after the drag. */
type Rest = Pick<State, 'program' | 'values' | 'conventions' | 'selection'>;

export interface Nudge {
  name: string;
  from: number;
  /** The answer where the step begins, and the text it was computed from. */
  before: Answer;
  source: string;
  /** Null while the drag is under way. */
  rest: Rest | null;
}

type Seen = Rest & Pick<State, 'drag' | 'answerSource'>;

/** `continues`: the reader has typed another step in the card, which is a drag that begins where the last one did. */
export function nextNudge(nudge: Nudge | null, state: Seen, before: Seen | null, continues = false): Nudge | null {
  const { drag } = state;
  if (drag) {
    if (nudge && nudge.name === drag.name && (nudge.rest === null || continues)) return { ...nudge, rest: null };
    const source = before?.answerSource ?? state.answerSource;
    return drag.before ? { name: drag.name, from: drag.from, before: drag.before, source, rest: null } : null;
  }
  if (!nudge) return null;
  if (nudge.rest !== null && isWritten(nudge.name, nudge.rest, state)) return { ...nudge, rest: restOf(state) };
  if (nudge.rest !== null) return isSame(nudge.rest, state) ? nudge : null;
  const { start } = before?.drag ?? {};
  const givenUp = start !== undefined && start.program === state.program && start.values === state.values;
  return givenUp ? null : { ...nudge, rest: restOf(state) };
}

const restOf = ({ program, values, conventions, selection }: Rest): Rest => ({ program, values, conventions, selection });

/** A dragged entry has gone from beside the program into its text: the numbers are the same. */
function isWritten(name: string, before: Rest, now: Rest): boolean {
  const moved = before.values.has(name) && !now.values.has(name) && before.program !== now.program;
  return moved && name.endsWith(']') && before.conventions === now.conventions && before.selection === now.selection;
}

function isSame(one: Rest, other: Rest): boolean {
  return (
    one.program === other.program &&
    one.values === other.values &&
    one.conventions === other.conventions &&
    one.selection === other.selection
  );
}
