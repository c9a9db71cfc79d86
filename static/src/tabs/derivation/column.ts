/** The worked solution as one readable column. */
import type { Lesson, WorkedSolution } from '../../api/model';
import { element } from '../../views/elements';
import { blockElement, claimElement, type Pointable } from './blocks';
import { forwardTable, matrixTable } from './forward';
import { localCells } from './locals';
import { newName, withSlots } from './tex';
import { claimOf } from './verdict';
import { wide } from './wide';
import type { Writer } from './written';

export interface Section {
  id: string;
  title: string;
  root: HTMLElement;
  /** Leaves whose blocks stand in it, to go to directly. */
  leaves: { id: string; latex: string; label: string; root: HTMLElement }[];
}

export interface Column {
  heading: HTMLElement;
  sections: Section[];
}

export function solutionColumn(solution: WorkedSolution, lesson: Lesson | null, writer: Writer, point: Pointable): Column {
  writer.restart();
  const heading = element('h2', 'solution-title', { tabindex: '-1' });
  writer.sentence(heading, solution.title);
  const sections = [given(solution, writer)];
  const table = hasMatrices(solution) ? matrixTable : forwardTable;
  if (solution.rows.length > 0) sections.push(section('forward', 'Forward pass', '', [table(solution, writer, point)], writer));
  if (solution.locals.length > 0) {
    sections.push(section('locals', 'Local derivatives', alongPaths(solution), [localCells(solution, writer, point)], writer));
  }
  const chain = chainRule(solution, lesson, writer, point);
  if (chain) sections.push(chain);
  if (solution.updates.length > 0) sections.push(update(solution, lesson, writer));
  return { heading, sections };
}

/** Whether anything in it is a tensor. */
export function hasMatrices({ given, rows }: WorkedSolution): boolean {
  return [...given, ...rows].some(({ value }) => value.shape.length > 0);
}

function section(id: string, title: string, aside: string, content: readonly HTMLElement[], writer: Writer): Section {
  writer.now();
  const head = element('h3', 'solution-head', {}, title);
  if (aside !== '') {
    const text = element('span', 'solution-aside');
    writer.sentence(text, aside);
    head.append(' ', text);
  }
  const root = element('section', `solution-section solution-${id}`, { 'aria-label': title, tabindex: '-1' }, head, ...content);
  return { id, title, root, leaves: [] };
}

function given(solution: WorkedSolution, writer: Writer): Section {
  const roles = ['input', 'parameter', 'constant'] as const;
  const groups = roles.map((role) => solution.given.filter((one) => one.role === role)).filter((ones) => ones.length > 0);
  const lists = groups.map((ones) =>
    element(
      'ul',
      'given-group',
      {},
      ...ones.map((one) => {
        const item = element('li', '');
        const equation = writer.math('', withSlots(`${one.latex} = ${one.value.latex}`));
        item.append(one.value.shape.length > 0 ? wide(equation) : equation);
        if (one.defaulted) item.append(element('span', 'given-default', {}, 'default'));
        return item;
      }),
    ),
  );
  const nothing = element('p', 'solution-text', {}, 'The program has no leaves.');
  return section('given', 'Given', '', [element('div', 'given', {}, ...(lists.length > 0 ? lists : [nothing]))], writer);
}

/** "along the one path from w1 to E", with the number of paths. */
export function alongPaths({ leaf, output, paths }: WorkedSolution): string {
  if (!leaf || !paths) return '';
  const count = paths.text === '1' ? 'the one path' : `the ${paths.text} paths`;
  return `along ${count} from $${leaf.latex}$ to $${output.latex}$`;
}

function chainRule(solution: WorkedSolution, lesson: Lesson | null, writer: Writer, point: Pointable): Section | null {
  const blocks = solution.blocks.map((block) => {
    const claim = claimOf(lesson, block.label, 'gradient', Number(block.value.value));
    return { block, root: blockElement(block, solution, claim, writer, point) };
  });
  writer.now();
  const sentences = solution.independent.map(({ latex }) => {
    const line = element('p', 'solution-text');
    writer.sentence(line, `$${solution.output.latex}$ does not depend on $${latex}$, so its gradient is 0.`);
    return line;
  });
  if (solution.rows.length === 0) {
    const line = element('p', 'solution-text');
    writer.sentence(line, `The gradient of $${solution.output.latex}$ with respect to itself is 1.`);
    sentences.push(line);
  }
  if (blocks.length + sentences.length === 0) return null;
  const found = section('chain', 'Chain rule', '', [...blocks.map(({ root }) => root), ...sentences], writer);
  if (solution.leaf === null) {
    found.leaves = blocks
      .filter(({ block }) => block.is_leaf)
      .map(({ block: { id, latex, label }, root }) => ({ id, latex, label, root }));
  }
  return found;
}

function update(solution: WorkedSolution, lesson: Lesson | null, writer: Writer): Section {
  const rate = solution.learning_rate?.latex ?? '';
  const lines = solution.updates.map((one) => {
    const root = element('div', 'update-line');
    const isMatrix = one.new.shape.length > 0;
    writer.item(root, `update ${one.id}`);
    const gradient = one.gradient.latex.startsWith('-') ? `(${one.gradient.latex})` : one.gradient.latex;
    const head = `\\dfrac{\\partial ${solution.output.latex}}{\\partial ${one.latex}}`;
    const sides = [
      writer.math('', `${newName(one.latex)} = ${one.latex} - \\eta\\, ${head}`),
      writer.math('', withSlots(`= ${one.old.latex} - ${rate} \\times ${gradient}`)),
      writer.math('update-result', withSlots(`${one.relation === '=' ? '=' : '\\approx'} ${one.new.latex}`)),
    ];
    root.append(...(isMatrix ? [wide(element('div', 'update-sides', {}, ...sides))] : sides));
    const claim = claimOf(lesson, one.label, 'updated', Number(one.new.value));
    if (claim) root.append(claimElement(claim));
    return root;
  });
  return section('update', 'Update', `learning rate $\\eta = ${rate}$`, lines, writer);
}

