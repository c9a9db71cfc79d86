/** The Flat code tab: both passes as straight-line code beside a small graph; a line and its gate light each other. */
import type { CodeAnswer, CodeLine, Problem } from '../../api/model';
import type { App } from '../../app';
import type { State } from '../../state';
import { visibleGraph, type VisibleGraph } from '../../graph/visible';
import { miniFromAnswer, miniGraph } from '../../mini';
import { element } from '../../views/elements';
import { matchNodes, question } from '../question';
import { codeModel, columnOf, fileName, forwardNote, type CodeModel } from './model';
import { placeNote } from './note';
import { codePane, type Pane, type PaneOptions } from './pane';
import { codeTools, titleOf } from './tools';

/** Of the window's height, for the small graph. */
const GRAPH_SHARE = 0.34;

export function codeTab(panel: HTMLElement, tools: HTMLElement, app: App): () => void {
  const { store, actions, operations } = app;
  const panes: Pane[] = [];
  const forward = section('Forward', 'forward');
  const backward = section('Backward', 'backward');
  const autograd = section('Autograd', 'autograd');
  const remark = element('p', 'code-remark', { role: 'note' });
  const message = element('p', 'code-message');
  const place = element('div', 'code-graph');
  const backwardPane = element('div', 'code-pane is-backward', {}, backward.root, autograd.root);
  const sides = element('div', 'code-panes', {}, element('div', 'code-pane is-forward', {}, forward.root), backwardPane);
  const root = element('div', 'flat-code', {}, message, remark, sides, place);
  root.hidden = true;
  panel.append(root);

  const controls = codeTools(tools, {
    onLanguage: (language) => actions.setTabs({ language }),
    onComments: (comments) => actions.setTabs({ comments }),
  });
  const mini = miniGraph(place, app, {
    label: 'The graph that the code computes',
    numbers: 'lit',
    mostHeight: Math.round(innerHeight * GRAPH_SHARE),
    onPoint: (id) => {
      pointedLine = null;
      actions.hover(id);
    },
    onPick: (id) => select(id),
  });

  let model: CodeModel | null = null;
  let graph: VisibleGraph | null = null;
  let pointedLine: CodeLine | null = null;

  function section(title: string, className: string): { root: HTMLElement; note: HTMLElement; title: HTMLElement; pane: Pane } {
    const at = panes.length;
    const options: PaneOptions = {
      label: title,
      className,
      onPoint(line) {
        pointedLine = line;
        actions.hover(line && model ? model.nodeOf(line) : null);
        light();
      },
      onPick(line) {
        const id = model?.nodeOf(line) ?? null;
        if (id !== null) select(id);
      },
      onLeave(by) {
        const next = panes[at + by];
        const lines = model?.lines ?? [];
        const line = pointedLine && lines[pointedLine.number - 1 + by];
        if (next && line) next.focus(line.number);
      },
    };
    const pane = codePane(options);
    panes.push(pane);
    const heading = element('h2', `code-title is-${className}`, {}, title);
    const note = element('p', 'code-title-note');
    const head = element('div', 'code-head', {}, heading, note);
    return { root: element('section', 'code-section', { 'aria-label': title }, head, pane.root), note, title: heading, pane };
  }

  function select(id: string): void {
    actions.select({ kind: 'node', id: id === 'output' ? (graph?.output ?? id) : id });
  }

  function answered(answer: CodeAnswer): void {
    const { answer: shown, openGroups, example } = store.get();
    if (!shown) return;
    message.hidden = true;
    root.hidden = sides.hidden = place.hidden = false;
    remark.hidden = answer.remarks.length === 0;
    remark.textContent = answer.remarks.join(' ');
    graph = visibleGraph(shown, openGroups, { foldConstants: true }, operations);
    const ids = matchNodes(shown, answer.nodes);
    const { standsFor } = graph;
    model = codeModel(answer, (id) => {
      const found = ids.get(id);
      return found === undefined ? null : (standsFor.get(found) ?? found);
    });
    forward.note.textContent = forwardNote(answer);
    backward.note.textContent = 'the same gates in reverse order';
    const byLibrary = `By ${titleOf(answer.language)} itself`;
    autograd.title.textContent = byLibrary;
    autograd.root.setAttribute('aria-label', byLibrary);
    autograd.pane.root.setAttribute('aria-label', byLibrary);
    autograd.root.hidden = answer.autograd.length === 0;
    forward.pane.show(answer.forward, columnOf(answer.forward));
    backward.pane.show(answer.backward, columnOf(answer.backward));
    autograd.pane.show(answer.autograd, 0);
    controls.hold({ text: answer.text, name: fileName(example, answer) });
    pointedLine = pointedLine && model.line(pointedLine.number);
    mini.show(miniFromAnswer(shown, operations, openGroups));
    mark();
    light();
  }

  function refused(problems: readonly Problem[]): void {
    root.hidden = message.hidden = false;
    sides.hidden = place.hidden = remark.hidden = true;
    controls.hold(null);
    message.textContent = problems[0]?.message ?? 'The code could not be written.';
  }

  const visibleId = (id: string): string => graph?.standsFor.get(id) ?? id;

  function selectedId(): string | null {
    const { selection } = store.get();
    return selection?.kind === 'node' ? visibleId(selection.id) : null;
  }

  /** Selected lines are those of the gate that is selected on the graph. */
  function mark(): void {
    const id = selectedId();
    const numbers: ReadonlySet<number> = id !== null && model ? model.linesOf(id) : new Set();
    for (const pane of panes) pane.select(numbers);
  }

  /** Lights the lines of the gate that is pointed at anywhere, else of the selected one, and the gate in the small graph. */
  function light(): void {
    if (!model || !graph) return;
    const { hovered } = store.get();
    const pointed = pointedLine ? model.nodeOf(pointedLine) : hovered === null ? null : visibleId(hovered);
    const id = pointed === 'output' ? graph.output : (pointed ?? selectedId());
    const numbers = new Set(id === null ? [] : model.linesOf(id));
    if (pointedLine) numbers.add(pointedLine.number);
    for (const pane of panes) pane.light(numbers);
    mini.light(id === null ? null : litOf(graph, id, pointedLine && model.leafOf(pointedLine)));
    showNote(numbers);
  }

  /** Why a line adds: of the line pointed at, of the lit gate, else of the first that does. */
  function showNote(lit: ReadonlySet<number>): void {
    if (!model) return;
    const lines = model.answer.backward;
    const isShown = (line: CodeLine): boolean => line.note !== null && backward.pane.element(line.number) !== null;
    const line =
      (pointedLine && isShown(pointedLine) ? pointedLine : null) ??
      lines.find((each) => lit.has(each.number) && isShown(each)) ??
      lines.find(isShown) ??
      null;
    const row = line && backward.pane.element(line.number);
    placeNote(backwardPane, row, line, lines, columnOf(lines));
  }

  const sizes = new ResizeObserver(() => light());
  sizes.observe(backwardPane);
  store.watch((state) => state.hovered, light);
  store.watch(
    (state) => state.selection,
    () => {
      mark();
      light();
    },
  );
  store.watch(
    (state) => `${state.tabs.language} ${String(state.tabs.comments)} ${String(hasTensors(state))}`,
    () => controls.choose(store.get().tabs, hasTensors(store.get())),
  );
  store.watch(
    (state) => state.status,
    (status) => root.classList.toggle('is-stale', status === 'unreadable'),
  );
  const stop = question<CodeAnswer>(app, '/code', ({ tabs: { language, comments } }) => ({ language: language === 'python' ? null : language, comments }), answered, refused);
  return () => {
    stop();
    sizes.disconnect();
    if (pointedLine) actions.hover(null);
  };
}

function hasTensors({ answer }: State): boolean {
  return answer?.nodes.some(({ tensor }) => tensor !== undefined) ?? false;
}

/** A gate with all its wires; of a line that writes the gradient of a leaf, the leaf too. */
function litOf(graph: VisibleGraph, id: string, leaf: string | null): { nodes: string[]; edges: string[] } {
  const edges = graph.edges.filter(({ source, target }) => source === id || target === id).map((edge) => edge.id);
  return { nodes: leaf === null ? [id] : [id, leaf], edges };
}
