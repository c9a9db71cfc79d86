/** The Paths tab: every chain-rule path from a leaf to the output, its factors, its product, and the sum. */
import type { Answer, Problem, RawPathsAnswer } from '../../api/model';
import type { App } from '../../app';
import { openLesson } from '../../gallery/choice';
import { miniGraph } from '../../mini';
import type { NumberCheck, State } from '../../state';
import { button, element } from '../../views/elements';
import { icon } from '../../views/icons';
import { say } from '../../views/live';
import { matchEntries, tensorOfEntry } from './entries';
import { question } from '../question';
import { meter } from './meter';
import { litOf, miniOf, MOST_NODES, MOST_ON_A_PATH } from './mini-model';
import { nothingSentence, pathsModel, spokenList, type PathsModel } from './model';
import { printedNote } from './note';
import { pathList } from './rows';
import { namedGates, outputOf, pathTools } from './tools';

export function pathsTab(panel: HTMLElement, tools: HTMLElement, app: App): () => void {
  const { store, actions } = app;
  const place = element('div', 'path-graph');
  const placeNote = element('p', 'path-graph-note');
  const gauge = meter();
  const message = element('p', 'path-message');
  const remark = element('div', 'path-note', { role: 'note' });
  const checkIt = button('button path-check', checkPrinted, {}, 'Check a number', icon('chevron'));
  const list = pathList({
    onPoint: (index) => {
      pointed = index;
      light();
    },
    onChoose: (path) => actions.setTabs({ path }),
  });
  const top = element('div', 'path-top', {}, element('div', 'path-picture', {}, place, placeNote), gauge.root);
  const root = element('div', 'paths', {}, top, message, list.root, remark);
  panel.append(root);
  root.hidden = true;

  const controls = pathTools(tools, {
    onLeaf: chooseLeaf,
    onTarget: (target) => actions.setTabs({ target, path: null }),
    onEveryGate: (everyGate) => actions.setTabs({ everyGate, path: null }),
  });
  const mini = miniGraph(place, app, {
    label: 'The paths as a graph',
    onPoint: (id) => actions.hover(id === null ? null : (graphIds.get(id) ?? null)),
    onPick: (id) => {
      const found = graphIds.get(id);
      if (found !== undefined) actions.select({ kind: 'node', id: found });
    },
  });

  let model: PathsModel | null = null;
  let graphIds = new Map<string, string>();
  let pointed: number | null = null;
  let drawnPath: number | null | undefined;
  let spoken = '';
  /** What the source prints for this gradient, where a note tells of it. */
  let checked: NumberCheck | null = null;

  function checkPrinted(): void {
    actions.setTab('graph');
    actions.setCheck(checked);
  }

  function chooseLeaf(leaf: string): void {
    actions.setTabs({ leaf, path: null });
    const node = store.get().answer?.nodes.find(({ name }) => name === tensorOfEntry(leaf));
    if (node) actions.select({ kind: 'node', id: node.id });
  }

  function answered(answer: RawPathsAnswer): void {
    const { answer: graph, tabs } = store.get();
    if (!graph) return;
    root.hidden = top.hidden = list.root.hidden = false;
    keepLeaf();
    model = pathsModel(answer);
    graphIds = matchEntries(graph, answer.nodes);
    pointed = null;
    drawnPath = undefined;
    controls.show(model.answer, graph);
    gauge.show(model.answer);
    tell(nothingSentence(model));
    list.show(model, tabs.path);
    light();
    void noteOnSource(model);
    const sentence = spokenList(model);
    if (spoken !== '' && sentence !== spoken) say(sentence);
    spoken = sentence;
  }

  /** Whoever comes with a leaf selected on the graph sees its paths, and keeps them when another node is selected here. */
  function keepLeaf(): void {
    const { answer: graph, selection, tabs } = store.get();
    const leaf = tabs.leaf === null && graph ? selectedLeaf(graph, selection) : null;
    if (leaf !== null) actions.setTabs({ leaf });
  }

  function tell(sentence: string | null): void {
    message.hidden = sentence === null;
    message.textContent = sentence ?? '';
  }

  function refused(problems: readonly Problem[]): void {
    model = null;
    root.hidden = false;
    // What is listed belongs to another program.
    top.hidden = list.root.hidden = remark.hidden = true;
    tell(problems[0]?.message ?? 'The paths could not be found.');
  }

  /** Lights the path pointed at, else the chosen one. A graph too large to be read shows this path alone. */
  function light(): void {
    if (!model) return;
    const { tabs, hovered } = store.get();
    const count = model.answer.paths.length;
    const at = pointed ?? tabs.path;
    const path = at !== null && at < count ? at : null;
    const isLarge = model.answer.nodes.length > MOST_NODES;
    const drawn = isLarge ? (path ?? (count > 0 ? 0 : null)) : null;
    if (drawn !== drawnPath) {
      drawnPath = drawn;
      const shown = model.answer.start === null || (isLarge && drawn === null) ? null : miniOf(model, drawn);
      const fits = shown !== null && shown.nodes.length <= (isLarge ? MOST_ON_A_PATH : MOST_NODES + 1);
      mini.show(fits ? shown : null);
      place.hidden = !fits;
      placeNote.hidden = !isLarge;
      placeNote.textContent = `This graph has ${String(model.answer.nodes.length)} nodes. ${fits ? `Path ${String((drawn ?? 0) + 1)} is drawn alone.` : 'They are too many to draw.'}`;
    }
    if (path !== null) {
      mini.light(litOf(model, path));
      return;
    }
    const under = hovered === null ? [] : model.answer.nodes.filter(({ id }) => graphIds.get(id) === hovered);
    mini.light(under.length > 0 ? { nodes: under.map(({ id }) => id) } : null);
  }

  /** What the source of the example prints for this gradient, where that is exactly one of the paths. */
  async function noteOnSource(shown: PathsModel): Promise<void> {
    remark.hidden = true;
    const { example, program, values, drag } = store.get();
    const { answer, printed, isWhole } = shown;
    const leaf = answer.leaves.find(({ id }) => id === answer.start)?.name;
    if (shown.tensor || example === null || drag || !isWhole || leaf === undefined) return;
    const lessons = await app.lessons().catch(() => []);
    const lesson = openLesson(lessons, program, values);
    if (!lesson || model !== shown || lesson.slug !== example || store.get().tabs.target !== null) return;
    const terms = answer.paths.map(({ product }, index) => ({ product, text: printed.rows[index]?.product ?? '' }));
    const note = printedNote(lesson, leaf, terms);
    if (!note) return;
    remark.replaceChildren(icon('warning'), element('p', '', {}, element('strong', '', {}, note.claim), ` ${note.reason}`), checkIt);
    remark.hidden = false;
    checked = { leaf, text: lesson.printed.find(({ name, quantity }) => name === leaf && quantity === 'gradient')?.printed ?? '' };
  }

  const { answer: graph, selection, tabs } = store.get();
  const selected = graph && selectedLeaf(graph, selection);
  if (selected !== null && selected !== tabs.leaf) actions.setTabs({ leaf: selected, path: null });
  store.watch(
    ({ tabs }) => tabs.path,
    (path) => {
      list.choose(path);
      light();
    },
  );
  store.watch((state) => state.hovered, light);
  function showEveryGate(): void {
    const { answer, tabs } = store.get();
    const isForced = answer !== null && namesNothing(answer);
    controls.setEveryGate(tabs.everyGate || isForced, isForced);
  }
  store.watch((state) => state.answer, showEveryGate);
  store.watch(({ tabs }) => tabs.everyGate, showEveryGate);
  store.watch(
    (state) => state.status,
    (status) => root.classList.toggle('is-stale', status === 'unreadable'),
  );
  return question<RawPathsAnswer>(app, '/paths', asked, answered, refused);
}

/** What is asked of the program: between which nodes, over which gates. Names it does not have are passed over. */
function asked({ tabs, answer, selection }: State): Record<string, unknown> {
  if (!answer) return {};
  const leaf = knownName(answer, tabs.leaf) ?? selectedLeaf(answer, selection);
  const target = knownName(answer, tabs.target);
  return {
    every_gate: tabs.everyGate || namesNothing(answer),
    ...(leaf === null ? {} : { node: leaf }),
    ...(target === null || target === outputOf(answer) ? {} : { to: target }),
  };
}

/** A program that names no gate but its output: with its one line folded no path would have anything to show. */
function namesNothing(answer: Answer): boolean {
  return namedGates(answer).every((name) => name === outputOf(answer));
}

function knownName(answer: Answer, given: string | null): string | null {
  if (given === null) return null;
  // An entry is known where its tensor is.
  const name = tensorOfEntry(given);
  return known(answer, name) === null ? null : given;
}

function known(answer: Answer, name: string): string | null {
  const isLeaf = answer.nodes.some((node) => node.kind !== 'operation' && node.name === name && node.gradient !== null);
  return isLeaf || namedGates(answer).includes(name) || name === outputOf(answer) ? name : null;
}

/** The leaf that is selected on the graph. */
function selectedLeaf({ nodes }: Answer, selection: State['selection']): string | null {
  if (selection?.kind !== 'node') return null;
  const node = nodes.find(({ id }) => id === selection.id);
  return node && node.kind !== 'operation' && node.gradient !== null ? node.name : null;
}
