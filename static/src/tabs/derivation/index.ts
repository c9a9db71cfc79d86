/** The Derivation tab: the program worked out as a textbook prints it, beside a small graph of its steps. */
import { fetchJson } from '../../api/client';
import type { Answer, DerivationAnswer, Lesson, Problem, WorkedSolution } from '../../api/model';
import type { App } from '../../app';
import { miniEdgeId, miniFromNamed, miniGraph } from '../../mini';
import type { State } from '../../state';
import { element } from '../../views/elements';
import { say } from '../../views/live';
import { matchNodes, question, tabQuestion } from '../question';
import { solutionColumn, type Section } from './column';
import { litOf, partKey, pathsLit, type Part } from './links';
import { marginNotes } from './margin';
import { outlineOf } from './outline';
import { pointing } from './pointing';
import { entriesOf, leavesOf, solutionTools, splitEntry } from './tools';
import { createWriter } from './written';

export function derivationTab(panel: HTMLElement, tools: HTMLElement, app: App): () => void {
  const { store, actions } = app;
  const column = element('article', 'solution');
  const place = element('div', 'solution-graph');
  const notes = element('div', 'solution-notes');
  const outline = outlineOf(panel);
  const root = element('div', 'derivation', {}, outline.root, column, element('aside', 'solution-side', { 'aria-label': 'Graph and notes' }, place, notes));
  panel.append(root);
  root.hidden = true;

  const writer = createWriter(panel);
  const points = pointing(column, { onPoint: pointAt, onPick: pick });
  const mini = miniGraph(place, app, {
    label: 'The steps as a graph',
    mostHeight: 420,
    onPoint: (id) => hoverNode(id === null ? null : inner(id)),
    onPointEdge: (id) => {
      // Told after every node too, with null.
      if (id !== null || markedEdge) points.mark(new Set(id === null ? [] : edgeKeys(id)));
      markedEdge = id !== null;
    },
    onPick: (id) => goTo(inner(id)),
  });
  const controls = solutionTools(tools, {
    onAll: () => actions.setTabs({ derivation: 'all' }),
    onOne: () => actions.setTabs({ derivation: 'leaf', leaf: chosenLeaf(store.get()) }),
    onLeaf: (leaf) => actions.setTabs({ derivation: 'leaf', leaf }),
    text: textOf,
  });

  let solution: WorkedSolution | null = null;
  let sections: Section[] = [];
  let lessons: readonly Lesson[] = [];
  let graphIds = new Map<string, string>();
  let pointed: Part | null = null;
  let markedEdge = false;
  let spoken = '';

  function answered({ solution: found }: DerivationAnswer): void {
    const { answer } = store.get();
    if (!answer || !found) return;
    solution = found;
    graphIds = matchNodes(answer, [...found.rows, ...found.given.map((one) => ({ ...one, op: null }))]);
    root.hidden = false;
    pointed = null;
    draw(found);
    showTools();
    light();
    const sentence = spokenTitle(found);
    if (spoken !== '' && spoken !== sentence) say(sentence);
    spoken = sentence;
  }

  function draw(found: WorkedSolution): void {
    const scrolled = panel.scrollTop;
    points.restart();
    const made = solutionColumn(found, lessonOf(store.get(), lessons), writer, points.add);
    sections = made.sections;
    column.replaceChildren(made.heading, ...sections.map((section) => section.root));
    points.ready();
    outline.show(sections, writer);
    marginNotes(notes, found, lessonOf(store.get(), lessons), writer);
    const { graph, leaf } = found;
    place.hidden = graph === null;
    mini.show(graph && miniFromNamed(graph, leaf ? { from: leaf.id } : {}));
    panel.scrollTop = scrolled;
  }

  function refused(problems: readonly Problem[]): void {
    root.hidden = false;
    column.replaceChildren(element('p', 'solution-text', {}, problems[0]?.message ?? 'The program could not be worked out.'));
    sections = [];
    outline.show(sections, writer);
    notes.replaceChildren();
    mini.show(null);
  }

  function pointAt(part: Part | null): void {
    pointed = part;
    const id = part?.kind === 'node' ? part.id : part?.kind === 'paths' ? part.from : part?.target;
    actions.hover(id === undefined ? null : (graphIds.get(id) ?? null));
    light();
  }

  function hoverNode(id: string | null): void {
    actions.hover(id === null ? null : (graphIds.get(id) ?? null));
    points.mark(new Set(id === null ? [] : [partKey({ kind: 'node', id }), partKey({ kind: 'paths', from: id })]));
  }

  function pick(part: Part): void {
    const id = part.kind === 'node' ? part.id : part.kind === 'paths' ? part.from : part.target;
    const found = graphIds.get(id);
    if (found !== undefined) actions.select({ kind: 'node', id: found });
  }

  /** The mini graph's box of the output stands for the output. */
  const inner = (id: string): string => id.replace(/^output:/, '');

  function edgeKeys(id: string): string[] {
    const edge = solution?.graph?.edges.find(({ source, target, operand }) => miniEdgeId(source, target, operand) === id);
    return edge ? [partKey({ kind: 'edge', source: edge.source, target: edge.target })] : [];
  }

  function goTo(id: string): void {
    const target = column.querySelector<HTMLElement>(`[data-block="${id}"], [data-node="${id}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
    pick({ kind: 'node', id });
  }

  function light(): void {
    const graph = solution?.graph;
    if (!solution || !graph) return;
    const part = pointed ?? hoveredPart();
    const lit = part && litOf(graph, part);
    mini.light(lit ?? (solution.leaf ? pathsLit(graph, solution.leaf.id) : null));
  }

  /** What the reader points at elsewhere, as in the program. */
  function hoveredPart(): Part | null {
    const { hovered } = store.get();
    const found = hovered === null ? undefined : [...graphIds].find(([, graph]) => graph === hovered);
    return found ? { kind: 'node', id: found[0] } : null;
  }

  function showTools(): void {
    const state = store.get();
    if (!state.answer) return;
    const chosen = chosenLeaf(state);
    const { leaf, entry } = chosen === null ? { leaf: null, entry: null } : splitEntry(chosen);
    const entries = leaf === null ? [] : entriesOf(state.answer, leaf);
    controls.show(leavesOf(state.answer), leaf, state.tabs.derivation === 'leaf', entries, entry);
  }

  async function textOf(format: 'latex' | 'markdown'): Promise<string> {
    const state = store.get();
    const asked = { ...tabQuestion(state), ...extraOf(state, lessons), format };
    const { text } = (await fetchJson('/derivation', asked, new AbortController().signal)) as DerivationAnswer;
    return text ?? '';
  }

  const print = (): void => writer.all();
  window.addEventListener('beforeprint', print);
  store.watch(({ tabs }) => tabs.derivation, showTools);
  store.watch(({ tabs }) => tabs.leaf, showTools);
  store.watch((state) => state.hovered, () => {
    if (!pointed) light();
  });
  store.watch(
    (state) => state.selection,
    (selection) => {
      showTools();
      const found = selection?.kind === 'node' ? [...graphIds].find(([, graph]) => graph === selection.id)?.[0] : undefined;
      for (const row of column.querySelectorAll('tr[data-node]')) row.classList.toggle('is-selected', row.getAttribute('data-node') === found);
    },
  );
  const start = (): (() => void) => question<DerivationAnswer>(app, '/derivation', (state) => extraOf(state, lessons), answered, refused);
  let stop = start();
  let isOpen = true;
  void app.lessons().then(
    (found) => {
      if (!isOpen) return;
      lessons = found;
      // Only now is it known whether the example takes a step, and what its source prints.
      if (!lessonOf(store.get(), lessons)) return;
      stop();
      stop = start();
    },
    () => undefined,
  );
  return () => {
    isOpen = false;
    stop();
    outline.stop();
    window.removeEventListener('beforeprint', print);
  };
}

/** The leaf that is asked for, or would be: the reader's, else the selected one, else the first parameter or leaf. */
function chosenLeaf({ answer, tabs, selection }: State): string | null {
  if (!answer) return null;
  if (tabs.leaf !== null && isVariable(answer, tabs.leaf)) return tabs.leaf;
  // Of a tensor one entry: the server says so where it has none of that name.
  if (tabs.leaf !== null && isVariable(answer, splitEntry(tabs.leaf).leaf)) return tabs.leaf;
  const leaves = leavesOf(answer);
  const selected = selection?.kind === 'node' ? answer.nodes.find(({ id }) => id === selection.id)?.label : undefined;
  return leaves.find((label) => label === selected) ?? leaves[0] ?? null;
}

function isVariable({ nodes }: Answer, name: string): boolean {
  return nodes.some(({ label, gradient }) => label === name && gradient !== null);
}

/** What is asked beside the program: which leaf, and the step that the example takes. */
function extraOf(state: State, lessons: readonly Lesson[]): Record<string, unknown> | null {
  if (!state.answer) return null;
  const leaf = state.tabs.derivation === 'leaf' ? chosenLeaf(state) : null;
  const step = lessonOf(state, lessons)?.step;
  return {
    ...(leaf === null ? {} : { leaf }),
    ...(step ? { learning_rate: step.learning_rate } : {}),
    ...(step && step.parameters.length > 0 ? { parameters: step.parameters } : {}),
  };
}

/** The example whose program stands on the page, its values perhaps changed. */
function lessonOf({ answerSource }: State, lessons: readonly Lesson[]): Lesson | null {
  return lessons.find(({ program }) => program.trim() === answerSource.trim()) ?? null;
}

function spokenTitle({ leaf, output, blocks }: WorkedSolution): string {
  const gradient = blocks.at(-1)?.value.text;
  if (!leaf) return `Gradients of ${output.label}.`;
  return `Gradient of ${output.label} with respect to ${leaf.label}${gradient === undefined ? '' : `: ${gradient}`}.`;
}
