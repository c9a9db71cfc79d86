/** The list that a program writes for a tensor, changed where entries change. Pure. */
import { replaceSpan, type Range } from '../text';
import type { Answer, GraphNode } from '../api/model';
import { leafAndPlace, leafName } from '../entries';
import type { Snapshot } from '../undo';

/** The program with the entries of this leaf that stand beside it written into it; null where there are none, or no place for them. */
export function withValues({ program, values }: Snapshot, answer: Answer, leaf: string): Snapshot | null {
  const changes = new Map<number, number>();
  const rest = new Map(values);
  for (const [name, value] of values) {
    const found = leafName(name) === leaf ? leafAndPlace(answer, name) : null;
    if (found?.place == null) continue;
    changes.set(found.place, value);
    rest.delete(name);
  }
  const node = leafAndPlace(answer, leaf)?.leaf;
  const text = node && changes.size > 0 ? withEntries(program, node, changes) : null;
  return text === null ? null : { program: text, values: rest };
}

/** The program with these entries of a leaf (by place, row by row) written anew; null where it does not write its value. */
export function withEntries(program: string, leaf: GraphNode, changes: ReadonlyMap<number, number>): string | null {
  const { value_span: span, tensor, shape } = leaf;
  const entries = tensor?.value.entries;
  if (!span || !entries) return null;
  const points = [...program];
  const text = points.slice(span.start, span.end).join('');
  return replaceSpan(program, span, changed(text, shape, entries, changes));
}

function changed(text: string, shape: readonly number[], entries: readonly number[], changes: ReadonlyMap<number, number>): string {
  const ranges = entryRanges(text, shape);
  // `zeros(3)` and `2 * [1, 2]` do not write their entries: the list takes their place.
  if (!ranges) return listText(entries.map((entry, at) => changes.get(at) ?? entry), shape);
  let written = text;
  for (const [at, value] of [...changes].sort(([one], [other]) => other - one)) {
    const range = ranges[at];
    if (range) written = written.slice(0, range.from) + String(value) + written.slice(range.to);
  }
  return written;
}

/** Where each entry is written, row by row; null unless the text is a list of lists with one text for each entry. */
export function entryRanges(text: string, shape: readonly number[]): Range[] | null {
  const ranges: Range[] = [];
  let [depth, round, from] = [0, 0, -1];
  const end = (to: number): void => {
    if (from < 0 || depth !== shape.length) return;
    const body = text.slice(from, to);
    const start = from + body.length - body.trimStart().length;
    if (body.trim() !== '') ranges.push({ from: start, to: start + body.trim().length });
    from = -1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '#') return null;
    if (sign === '(') round += 1;
    else if (sign === ')') round -= 1;
    else if (sign === '[') {
      if (round > 0 || depth === shape.length) return null;
      depth += 1;
      from = at + 1;
    } else if (sign === ']') {
      end(at);
      depth -= 1;
      if (depth === 0 && text.slice(at + 1).trim() !== '') return null;
    } else if (sign === ',' && round === 0) {
      end(at);
      from = at + 1;
    } else if (depth < shape.length && sign.trim() !== '') return null;
  }
  return depth === 0 && ranges.length === shape.reduce((product, one) => product * one, 1) ? ranges : null;
}

export function listText(entries: readonly number[], shape: readonly number[]): string {
  let items = entries.map(String);
  for (const size of [...shape].reverse()) {
    items = Array.from({ length: items.length / size }, (_, at) => `[${items.slice(at * size, (at + 1) * size).join(', ')}]`);
  }
  return items.join(', ');
}
