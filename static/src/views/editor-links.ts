/** Ties the text of the program to the graph: what is marked in it, and which gate is written where. Part of the chunk. */
import type { App } from '../app';
import { mapRange, singleChange, type Change, type Range } from '../text';
import { faultsIn, underlined, type Fault } from './editor-faults';
import type { Mark } from './editor-field';
import { answerNode, programSpans, type ProgramSpans } from './editor-spans';
import { textWarnings } from './editor-status';

export interface Links {
  marks(): readonly Mark[];
  /** Places of what is selected. */
  selected(): readonly Range[];
  /** Lights, or selects, the gate that is written at an offset of the present text. */
  hover(offset: number | null): void;
  pick(offset: number): void;
}

export function createLinks({ store, actions, operations }: App): Links {
  let known: { key: readonly unknown[]; spans: ProgramSpans } | null = null;

  function spans(): ProgramSpans | null {
    const { answer, answerSource, openGroups, view } = store.get();
    if (!answer) return null;
    const key = [answer, answerSource, openGroups, view.foldConstants];
    if (!known?.key.every((part, at) => part === key[at])) {
      known = { key, spans: programSpans(answer, answerSource, { openGroups, view }, operations) };
    }
    return known.spans;
  }

  /** From the text that was answered to the present one. */
  function edit(): Change | null {
    const { answerSource, program } = store.get();
    return singleChange(answerSource, program);
  }

  /** What is being rewritten is left out: until it is read again, half of it may be another word. */
  function present(ranges: readonly Range[], change: Change | null): Range[] {
    const isOld = (range: Range): boolean => !change || range.to < change.from || range.from > change.to;
    return ranges.filter(isOld).flatMap((range) => mapRange(range, change) ?? []);
  }

  function faults(): Fault[] {
    const { shownProblems, problemsSource, program } = store.get();
    return faultsIn(shownProblems, problemsSource, program);
  }

  function selected(): Range[] {
    return present(spans()?.ofSelection(store.get().selection) ?? [], edit());
  }

  function hovered(): Range[] {
    const { answer, hovered: id, selection } = store.get();
    if (id === null || !answer) return [];
    if (selection?.kind === 'node' && answerNode(answer, selection.id) === answerNode(answer, id)) return [];
    return present(spans()?.of(id) ?? [], edit());
  }

  function warnings(): Mark[] {
    const { answer, answerSource, program, status } = store.get();
    if (status !== 'ready' || answerSource !== program) return [];
    return faultsIn(textWarnings(answer), answerSource, program).flatMap(({ problem, range }) =>
      range ? [{ ...range, kind: 'warning' as const, message: problem.message }] : [],
    );
  }

  function gateAt(offset: number): string | null {
    const { answerSource, program } = store.get();
    const back = singleChange(program, answerSource);
    const place = mapRange({ from: offset, to: offset + 1 }, back);
    return place && (spans()?.at(place.from) ?? null);
  }

  return {
    selected,
    marks() {
      const { program } = store.get();
      const problems = faults().flatMap(({ problem, range }): Mark[] => {
        const line = range && underlined(program, range);
        return line ? [{ ...line, kind: 'problem', message: problem.message }] : [];
      });
      const lit = (ranges: readonly Range[], kind: Mark['kind']): Mark[] =>
        ranges.map((range) => ({ ...range, kind, message: null }));
      return [...lit(hovered(), 'hovered'), ...lit(selected(), 'selected'), ...warnings(), ...problems];
    },
    hover(offset) {
      const { answer, drag } = store.get();
      if (drag) return;
      const gate = offset === null ? null : gateAt(offset);
      actions.hover(gate && answer && answerNode(answer, gate));
    },
    pick(offset) {
      const id = gateAt(offset);
      if (id !== null) actions.select({ kind: 'node', id });
    },
  };
}
