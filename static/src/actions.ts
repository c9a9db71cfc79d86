/** Everything a reader can do. The only place that calls the API and then sets the store. */
import type { Answer, Conventions, Lesson, Problem } from './api/model';
import { keepAppearance } from './appearance';
import { entryName, leafAndPlace, leafName, valueAt } from './entries';
import { createEvaluator, type Question } from './evaluation';
import { openGroupsOf, toggledGroup } from './open-groups';
import { createProbe } from './probe';
import type { Layers, NumberCheck, Palette, Selection, Speed, StageLit, State, TabChoices, TabName, Theme, ViewOptions } from './state';
import type { Store } from './store';
import { replaceSpan } from './text';
import { createHistory, type Snapshot } from './undo';

export interface Actions {
  /** New text of the program: read at once after a pause, in a run of keys 120 ms after the last of them. */
  setProgram(text: string): void;
  /** The program written otherwise: one undo entry of its own, read at once. It gives these leaves their values anew. */
  replaceProgram(text: string, given?: readonly string[]): void;
  /** A leaf's value under a drag: evaluated at once, an older answer is dropped. */
  dragValue(name: string, value: number): void;
  /** The drag is over: one undo entry, and the program text follows where the number is written in it. */
  endDrag(): void;
  /** Back to the value at which the drag began. */
  cancelDrag(): void;
  /** A value typed or stepped: one undo entry. */
  setValue(name: string, value: number): void;
  /** Entries of a leaf that is a tensor, by place row by row: one undo entry. */
  setEntries(leaf: string, entries: ReadonlyMap<number, number>): void;
  /** The problems that the program field marks now. */
  showProblems(problems: readonly Problem[]): void;
  select(selection: Selection | null): void;
  hover(node: string | null): void;
  setLayer(layer: keyof Layers, on: boolean): void;
  setView(patch: Partial<ViewOptions>): void;
  setConventions(patch: Partial<Conventions>): void;
  setTheme(theme: Theme): void;
  setPalette(palette: Palette): void;
  setLetterKeys(on: boolean): void;
  setPresent(on: boolean): void;
  /** Another view of the same program; leaving the graph stops playing. */
  setTab(tab: TabName): void;
  setTabs(patch: Partial<TabChoices>): void;
  /** Opens the check of a reader's own number; null closes it. */
  setCheck(check: NumberCheck | null): void;
  /** Opens the check of a worked example with these lines; null closes it. */
  setWorked(lines: string | null): void;
  /** Lights parts of the graph until the program changes or null is given. */
  light(lit: StageLit | null): void;
  /** Opens a closed composite, or closes it; the answer holds both forms, so nothing is asked. */
  toggleGroup(id: string): void;
  /** To a step of the story; past the last one it is the end. Stops playing. */
  goToStep(position: number): void;
  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  openExample(lesson: Pick<Lesson, 'slug' | 'program' | 'values'>): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** The output if one leaf had another value; null when there is no answer or a newer question. Changes nothing. */
  outputAt(name: string, value: number): Promise<number | null>;
  /** Asks the server for the present program now: after a link was followed, or after the server was away. */
  evaluateNow(): void;
}

/** By the reader's choice; and what lies between two nodes is drawn as a textbook would. */
const isFolded = ({ view, lit }: State): boolean => view.namedOnly || (lit?.only ?? null) !== null;

/** A longer program is read only when the reader pauses. */
const AT_ONCE_BELOW_CHARACTERS = 20_000;
const TYPING_PAUSE_MS = 120;
const LOADING_AFTER_MS = 150;
const RETRY_MS = 4000;

export function createActions(store: Store): Actions {
  const history = createHistory();
  const probe = createProbe();
  let typingTimer = 0;
  let typedAt = 0;
  let loadingTimer = 0;
  let retryTimer = 0;

  /** The answer as the reader wants it shown: as it came, or with every line of the program as a gate. */
  let asShown = (answer: Answer): Answer => answer;

  const evaluator = createEvaluator({
    answered(came, question) {
      settle();
      const answer = asShown(came);
      store.set({
        answer,
        answerSource: question.source,
        lit: question.source === store.get().answerSource ? store.get().lit : null,
        problems: [],
        status: 'ready',
        selection: keptSelection(answer, store.get().answer, store.get().selection),
        openGroups: openGroupsOf(answer, store.get()),
      });
    },
    refused(problems, question) {
      settle();
      store.set({ problems, problemsSource: question.source, status: 'unreadable' });
    },
    away() {
      settle();
      store.set({ status: 'away', retryAt: Date.now() + RETRY_MS });
      retryTimer = window.setTimeout(() => ask(true), RETRY_MS);
    },
  });

  async function foldLines(): Promise<void> {
    const lines = await import('./lines');
    asShown = isFolded(store.get()) ? lines.withLines : lines.withoutLines;
    const { answer: before } = store.get();
    if (!before) return;
    const answer = asShown(lines.withoutLines(before));
    store.set({ answer, openGroups: openGroupsOf(answer, store.get()) });
  }

  store.watch(
    isFolded,
    (on, { answer }) => {
      if (on || answer) void foldLines();
    },
  );

  function settle(): void {
    window.clearTimeout(loadingTimer);
    loadingTimer = 0;
    window.clearTimeout(retryTimer);
    if (store.get().retryAt !== null) store.set({ retryAt: null });
  }

  function ask(urgent: boolean): void {
    window.clearTimeout(typingTimer);
    window.clearTimeout(retryTimer);
    const { program, values, conventions } = store.get();
    const question: Question = { source: program, values, conventions };
    if (program.trim() === '') {
      store.set({ problems: [], status: 'ready', answer: null, answerSource: program, selection: null });
      return;
    }
    if (loadingTimer === 0) {
      loadingTimer = window.setTimeout(() => {
        if (store.get().status !== 'away') store.set({ status: 'loading' });
      }, LOADING_AFTER_MS);
    }
    evaluator.ask(question, urgent);
  }

  function snapshot(): Snapshot {
    const { program, values } = store.get();
    return { program, values };
  }

  function restore(target: Snapshot | null): void {
    if (!target) return;
    store.set({ program: target.program, values: target.values, drag: null, example: null });
    ask(true);
  }

  function withValue(name: string, value: number): ReadonlyMap<string, number> {
    return new Map(store.get().values).set(name, value);
  }

  /** Puts a chosen value where the reader will look for it: into the text that gives it, else beside the program. */
  function writeValue(name: string, value: number): Partial<Snapshot> {
    const { program, answer, answerSource, values } = store.get();
    const leaf = answer?.nodes.find((node) => node.name === name && node.kind !== 'operation');
    if (!leaf?.value_span || program !== answerSource || !Number.isFinite(value)) return { values: withValue(name, value) };
    const rest = new Map(values);
    rest.delete(name);
    return { program: replaceSpan(program, leaf.value_span, String(value)), values: rest };
  }

  /** Entries of a leaf that stand beside the program go into its text, where that gives the leaf its value. */
  function writeEntries(leaf: string): void {
    void import('./write-entries').then((made) => made.writeEntries(store, leaf, () => ask(true)));
  }

  const actions: Actions = {
    setProgram(text) {
      const before = snapshot();
      if (text === before.program) return;
      history.record(before, 'typing', Date.now());
      store.set({ program: text, example: null, matrices: null });
      window.clearTimeout(typingTimer);
      const now = Date.now();
      const isAlone = now - typedAt > TYPING_PAUSE_MS;
      typedAt = now;
      // An empty field is most often about to be filled, and would take the graph away.
      if (isAlone && text.length < AT_ONCE_BELOW_CHARACTERS && text.trim() !== '') ask(false);
      else typingTimer = window.setTimeout(() => ask(true), TYPING_PAUSE_MS);
    },
    replaceProgram(text, given = []) {
      const before = snapshot();
      if (text === before.program) return;
      history.record(before, 'rewritten', Date.now());
      const values = new Map([...before.values].filter(([name]) => !given.includes(leafName(name))));
      store.set({ program: text, values, example: null });
      window.clearTimeout(typingTimer);
      ask(true);
    },
    dragValue(name, value) {
      const { drag, answer, values } = store.get();
      if (drag?.name !== name) {
        const from = values.get(name) ?? (answer ? valueAt(answer, name) : undefined) ?? value;
        history.record(snapshot(), 'value', Date.now());
        store.set({ drag: { name, from, before: answer, start: snapshot() } });
      }
      store.set({ values: withValue(name, value) });
      ask(false);
    },
    endDrag() {
      const { drag, values } = store.get();
      if (!drag) return;
      const value = values.get(drag.name);
      const patch = value === undefined ? {} : writeValue(drag.name, value);
      store.set({ ...patch, drag: null, example: null });
      ask(true);
      if (drag.name !== leafName(drag.name)) writeEntries(leafName(drag.name));
    },
    cancelDrag() {
      const { drag } = store.get();
      if (!drag) return;
      history.forgetLast();
      store.set({ ...drag.start, drag: null });
      ask(true);
    },
    setValue(name, value) {
      history.record(snapshot(), 'value', Date.now());
      store.set({ ...writeValue(name, value), example: null });
      ask(true);
      if (name !== leafName(name)) writeEntries(leafName(name));
    },
    setEntries(leaf, entries) {
      const node = store.get().answer && leafAndPlace(store.get().answer as Answer, leaf)?.leaf;
      if (!node?.tensor) return;
      history.record(snapshot(), 'value', Date.now());
      const values = new Map(store.get().values);
      for (const [place, value] of entries) values.set(entryName(leaf, node.shape, place), value);
      store.set({ values, example: null });
      ask(true);
      writeEntries(leaf);
    },
    showProblems(problems) {
      store.set({ shownProblems: problems });
    },
    select(selection) {
      // Whoever looks into a gate wants the story to wait.
      store.set({ selection, playing: false });
    },
    hover(node) {
      if (store.get().hovered !== node) store.set({ hovered: node });
    },
    toggleGroup(id) {
      const state = store.get();
      if (state.answer) store.set(toggledGroup(state.answer, id, state));
    },
    goToStep(position) {
      store.set({ step: Math.max(0, position), playing: false });
    },
    play() {
      store.set({ playing: true });
    },
    pause() {
      store.set({ playing: false });
    },
    setSpeed(speed) {
      store.set({ speed });
    },
    setLayer(layer, on) {
      store.set({ layers: { ...store.get().layers, [layer]: on } });
    },
    setView(patch) {
      store.set({ view: { ...store.get().view, ...patch } });
    },
    setConventions(patch) {
      store.set({ conventions: { ...store.get().conventions, ...patch } });
      ask(true);
    },
    setTheme(theme) {
      store.set({ theme });
      keepAppearance(store.get());
    },
    setPalette(palette) {
      store.set({ palette });
      keepAppearance(store.get());
    },
    setLetterKeys(letterKeys) {
      store.set({ letterKeys });
      keepAppearance(store.get());
    },
    setPresent(present) {
      store.set({ present });
    },
    setTab(tab) {
      store.set({ tab, playing: false });
    },
    setTabs(patch) {
      store.set({ tabs: { ...store.get().tabs, ...patch } });
    },
    setCheck(check) {
      store.set(check ? { check } : { check, lit: null });
    },
    setWorked(worked) {
      store.set({ worked });
    },
    light(lit) {
      if (lit !== store.get().lit) store.set({ lit });
    },
    openExample(lesson) {
      history.record(snapshot(), 'example', Date.now());
      store.set({
        program: lesson.program,
        values: new Map(Object.entries(lesson.values)),
        // Names of the program before would mean others, or nothing.
        tabs: { ...store.get().tabs, leaf: null, target: null, path: null, outputs: [], leaves: [], cell: null },
        check: null,
        worked: null,
        lit: null,
        matrices: null,
        selection: null,
        drag: null,
        openedGroups: new Set(),
        closedGroups: new Set(),
        step: null,
        playing: false,
        example: lesson.slug,
      });
      ask(true);
    },
    outputAt: (name, value) => probe.outputAt(store.get(), name, value),
    undo: () => restore(history.undo(snapshot())),
    redo: () => restore(history.redo(snapshot())),
    canUndo: () => history.canUndo,
    canRedo: () => history.canRedo,
    evaluateNow: () => ask(true),
  };
  return actions;
}

/**
 * The selection in the new graph: by name where the program has changed, since ids count gates from the left;
 * nothing where the new graph has no such gate.
 */
function keptSelection(answer: Answer, before: Answer | null, selection: Selection | null): Selection | null {
  if (!selection) return null;
  const follow = followIds(answer, before);
  if (selection.kind === 'edge') {
    const { operand } = selection;
    const [source, target] = [follow(selection.source), follow(selection.target)];
    const found = [...answer.edges, ...answer.groups.flatMap((group) => group.edges)].some(
      (edge) => edge.source === source && edge.target === target && edge.operand === operand,
    );
    return found && source !== null && target !== null ? { kind: 'edge', source, target, operand } : null;
  }
  const id = follow(selection.id);
  return id === null ? null : id === selection.id ? selection : { kind: 'node', id };
}

function followIds(answer: Answer, before: Answer | null): (id: string) => string | null {
  const labels = new Map(answer.nodes.map((node) => [node.label, node.id]));
  const known = new Set([...answer.nodes.map((node) => node.id), ...answer.groups.map((group) => group.id)]);
  const oldLabels = new Map(before?.nodes.map((node) => [node.id, node.label]));
  return (id) => {
    const label = oldLabels.get(id);
    if (label !== undefined) return labels.get(label) ?? null;
    return id.startsWith('output') || known.has(id) ? id : null;
  };
}
