/** The local derivatives: formula, numbers and value of each, one cell beside the other. */
import type { LocalDerivative, WorkedSolution } from '../../api/model';
import { element } from '../../views/elements';
import type { Pointable } from './blocks';
import { join, raw } from '../../explain/tex';
import { large, ruleTex, tidy, toneOf, withSlots } from './tex';
import { wide } from './wide';
import type { Writer } from './written';

export function localCells(solution: WorkedSolution, writer: Writer, point: Pointable): HTMLElement {
  const root = element('div', 'locals');
  const labels = new Map([...solution.rows, ...solution.given].map(({ id, label }) => [id, label]));
  for (const local of solution.locals) {
    const cell = element('div', 'local', { role: 'group' });
    writer.item(cell, `local ${local.source} ${local.target}`);
    const found = lines(local, solution.output.id, writer);
    cell.append(...(local.value !== null && local.value.shape.length > 0 ? [wide(element('div', 'local-lines', {}, ...found))] : found));
    const name = `Derivative of ${labels.get(local.target) ?? ''} by ${labels.get(local.source) ?? ''}${local.value ? `, ${local.value.text}` : ''}`;
    point(cell, { kind: 'edge', source: local.source, target: local.target }, name);
    root.append(cell);
  }
  return root;
}

function lines(local: LocalDerivative, output: string, writer: Writer): HTMLElement[] {
  const { head, symbols, numbers, value, relation, reason, remark } = local;
  const sign = relation === '=' ? '=' : '\\approx';
  const found: HTMLElement[] = [];
  const isNumber = symbols === value?.latex;
  const formula = value === null ? join([raw(`${large(head)} = `), ruleTex(symbols)]) : isNumber ? large(head) : `${large(head)} = ${tidy(symbols)}`;
  found.push(writer.math('local-formula', formula, 'div'));
  if (numbers !== null) found.push(writer.math('local-numbers', withSlots(`= ${numbers}`), 'div'));
  const tone = local.target === output ? 'local-value gradient' : 'local-value';
  if (value !== null) found.push(writer.math(toneOf(tone, value), withSlots(`${sign} ${value.latex}`), 'div'));
  if (reason !== null) {
    const line = element('p', 'local-reason');
    writer.sentence(line, `since $${reason}$`);
    found.push(line);
  }
  // The sentence itself stands in the margin.
  if (remark !== null) found.push(element('p', 'local-reason', {}, element('span', 'kink-badge', {}, 'kink')));
  return found;
}
