/** The forward table: every step with its symbols, its numbers and its value. */
import type { WorkedSolution } from '../../api/model';
import { element } from '../../views/elements';
import type { Pointable } from './blocks';
import { tidy, toneOf, withSlots } from './tex';
import { wide } from './wide';
import type { Writer } from './written';

/** With matrices in it, whose equations stand below their symbols, each in a box of its own. */
export function matrixTable(solution: WorkedSolution, writer: Writer, point: Pointable): HTMLElement {
  const body = element('tbody', '');
  for (const row of solution.rows) {
    const root = element('tr', row.on_path ? '' : 'is-off', { 'data-node': row.id });
    writer.item(root, `row ${row.id}`);
    const sign = row.relation === '=' ? '=' : '\\approx';
    const name = writer.math('', row.latex);
    name.setAttribute('aria-hidden', 'true');
    const equation = element('div', 'forward-equation');
    if (row.numbers !== '') equation.append(writer.math('', withSlots(`= ${row.numbers}`)));
    equation.append(writer.math(toneOf('value forward-value', row.value), withSlots(`${sign} ${row.value.latex}`)));
    root.append(
      element('th', '', { scope: 'row' }, name, element('span', 'visually-hidden', {}, row.label)),
      element('td', '', {}, writer.math('', tidy(`= ${row.symbols}`))),
      element('td', '', {}, wide(equation)),
    );
    point(root, { kind: 'node', id: row.id }, `${row.label} = ${row.value.text}`);
    body.append(root);
  }
  const titles = ['Name', 'Symbols', 'Numbers and value'].map((title) => element('th', '', { scope: 'col' }, title));
  const head = element('thead', 'visually-hidden', {}, element('tr', '', {}, ...titles));
  return element('table', 'forward-table of-matrices', {}, head, body);
}

export function forwardTable(solution: WorkedSolution, writer: Writer, point: Pointable): HTMLElement {
  const body = element('tbody', '');
  for (const row of solution.rows) {
    const root = element('tr', row.on_path ? '' : 'is-off', { 'data-node': row.id });
    writer.item(root, `row ${row.id}`);
    const sign = row.relation === '=' ? '=' : '\\approx';
    const name = writer.math('', row.latex);
    name.setAttribute('aria-hidden', 'true');
    root.append(
      element('th', '', { scope: 'row' }, name, element('span', 'visually-hidden', {}, row.label)),
      element('td', '', {}, writer.math('', tidy(`= ${row.symbols}`))),
      element('td', '', {}, row.numbers === '' ? null : writer.math('', withSlots(`= ${row.numbers}`))),
      element('td', 'forward-value', {}, writer.math(toneOf('value', row.value), withSlots(`${sign} ${row.value.latex}`))),
    );
    point(root, { kind: 'node', id: row.id }, `${row.label} = ${row.value.text}`);
    body.append(root);
  }
  const titles = ['Name', 'Symbols', 'Numbers', 'Value'].map((title) => element('th', '', { scope: 'col' }, title));
  const head = element('thead', 'visually-hidden', {}, element('tr', '', {}, ...titles));
  return element('div', 'forward', {}, element('table', 'forward-table', {}, head, body));
}
