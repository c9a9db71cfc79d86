/** The short sentence at the right end of the program field. */
import type { Answer, Remark } from '../api/model';
import type { State } from '../state';

export interface Status {
  /** 'unsure': the text cannot be read, but it is too early to say so. */
  kind: 'right' | 'unsure' | 'problems' | 'loading' | 'away' | 'empty';
  text: string;
  /** What the server remarked about how the program was read. */
  warnings: readonly Remark[];
}

const count = (number: number): string => number.toLocaleString('en');

/** Sentences are whole, so that each can be translated. */
export function gatesAndInputs(gates: number, inputs: number): string {
  if (gates === 1 && inputs === 1) return '1 gate, 1 input';
  if (gates === 1) return `1 gate, ${count(inputs)} inputs`;
  if (inputs === 1) return `${count(gates)} gates, 1 input`;
  return `${count(gates)} gates, ${count(inputs)} inputs`;
}

export function problemCount(problems: number): string {
  return problems === 1 ? '1 problem' : `${count(problems)} problems`;
}

export function warningCount(warnings: number): string {
  return warnings === 1 ? '1 warning' : `${count(warnings)} warnings`;
}

export function lineCount(lines: number): string {
  return lines === 1 ? '1 line' : `${count(lines)} lines`;
}

/** Gates and leaves as the graph draws them: a closed composite is one gate, literals are neither. */
export function sizeOf(answer: Answer, openGroups: ReadonlySet<string>): { gates: number; inputs: number } {
  const parents = new Map(answer.groups.map(({ id, group }) => [id, group]));
  const isDrawn = (group: string | null): boolean => {
    for (let at = group; at !== null; at = parents.get(at) ?? null) if (!openGroups.has(at)) return false;
    return true;
  };
  const gates =
    answer.groups.filter(({ id, group }) => !openGroups.has(id) && isDrawn(group)).length +
    answer.nodes.filter(({ kind, group }) => kind === 'operation' && isDrawn(group)).length;
  return { gates, inputs: answer.nodes.filter(({ kind }) => kind === 'input' || kind === 'parameter').length };
}

/** Warnings about the text, which no mark on the graph tells. Those of a node (a number that is not finite) show there. */
export function textWarnings(answer: Answer | null): readonly Remark[] {
  return answer?.warnings.filter(({ code, span }) => span !== null && code !== 'not-finite') ?? [];
}

export function statusOf(state: Pick<State, 'answer' | 'openGroups' | 'program' | 'shownProblems' | 'status'>): Status {
  const { answer, shownProblems, status } = state;
  if (shownProblems.length > 0) return { kind: 'problems', text: problemCount(shownProblems.length), warnings: [] };
  if (status === 'away') return { kind: 'away', text: 'No answer', warnings: [] };
  if (status === 'loading' && state.program.trim() !== '') return { kind: 'loading', text: 'Loading', warnings: [] };
  if (!answer) return { kind: 'empty', text: '', warnings: [] };
  const { gates, inputs } = sizeOf(answer, state.openGroups);
  const text = gatesAndInputs(gates, inputs);
  if (status === 'unreadable') return { kind: 'unsure', text, warnings: [] };
  return { kind: 'right', text, warnings: textWarnings(answer) };
}
