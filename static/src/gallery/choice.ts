/** Which lessons are on show: the filters, and what a search finds. Pure. */
import type { Lesson } from '../api/model';

export interface Filter {
  label: string;
  keeps: (lesson: Lesson) => boolean;
}

const kind = (wanted: Lesson['kind']) => (lesson: Lesson) => lesson.kind === wanted;

export const FILTERS: readonly Filter[] = [
  { label: 'All', keeps: () => true },
  { label: 'Gates', keeps: kind('gates') },
  { label: 'Neurons', keeps: kind('neurons') },
  { label: 'Networks', keeps: kind('networks') },
  { label: 'Tensors', keeps: kind('tensors') },
  { label: 'Source is wrong', keeps: (lesson) => lesson.verdict.kind === 'wrong' },
];

/** Filters that keep something. */
export function usefulFilters(lessons: readonly Lesson[]): readonly Filter[] {
  return FILTERS.filter(({ keeps }) => lessons.some(keeps));
}

/** Lessons that the filter keeps and that hold every word of the search: in a title, a source, a program or a verdict. */
export function choose(lessons: readonly Lesson[], filter: Filter, search: string): Lesson[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return lessons.filter((lesson) => filter.keeps(lesson) && words.every((word) => textOf(lesson).includes(word)));
}

function textOf(lesson: Lesson): string {
  const { title, summary, source, program, graph } = lesson;
  const gates = [...new Set(graph.nodes.flatMap(({ op }) => op ?? []))];
  return [title, summary, sourceText(lesson), program, verdictText(lesson), lesson.section, source.title, ...gates].join(' ').toLowerCase();
}

/** The lesson whose program stands on the page as it is, or null. */
export function openLesson(lessons: readonly Lesson[], program: string, values: ReadonlyMap<string, number>): Lesson | null {
  if (values.size > 0) return null;
  return lessons.find((lesson) => lesson.program.trim() === program.trim()) ?? null;
}

export function verdictText({ verdict: { kind: found, count, total } }: Lesson): string {
  if (found === 'matches') return 'matches';
  if (found === 'rounded') return `${String(count)} of ${String(total)} rounded on the way`;
  if (found === 'wrong') return `source is wrong, ${String(count)} of ${String(total)}`;
  return 'no numbers printed';
}

/** Author, work, place and year, as a reference is written. */
export function sourceText({ source: { author, title, place, year } }: Lesson): string {
  return `${author}: ${title}${year === null ? '' : ` (${String(year)})`}. ${place}.`;
}
