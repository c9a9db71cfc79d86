/** View > As a list: the graph as nested lists of buttons with the sentences that the drawing has for screen readers. */
import type { App } from '../app';
import type { VisibleGraph, VisibleNode } from '../graph/visible';
import type { State } from '../state';
import { momentOf, type Moment } from '../stepper/steps';
import { positionOf, storyOf } from '../stepper/story';
import { watchAny } from './editor-watch';
import { button, element } from './elements';
import { focusNodeSoon } from './focus-soon';
import { listOf, type ListItem } from './list-plan';
import { listWords } from './list-words';

export function graphList(stage: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  // Without markers some readers take a list for plain text, unless its role is said.
  const list = element('ul', '', { role: 'list' });
  const root = element('div', 'graph-list', {}, list);
  root.hidden = true;
  stage.append(root);
  let shape = '';
  let buttons: { item: ListItem; made: HTMLButtonElement }[] = [];
  let nodes = new Map<string, VisibleNode>();
  let seen: State['selection'] = null;

  function draw(state: State): void {
    const story = storyOf(state, operations);
    const shown = state.view.asList && story !== null;
    root.hidden = !shown;
    stage.classList.toggle('as-list', state.view.asList);
    if (!shown) return;
    const { graph, steps } = story;
    nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    build(graph);
    const moment = state.step === null ? null : momentOf(graph, steps, positionOf(state, story));
    write(graph, state, moment);
    if (state.selection === seen) return;
    seen = state.selection;
    // The inspector may have taken the lower part of the stage; by the next frame the list has its new height.
    requestAnimationFrame(() => root.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }));
  }

  /** Lines stay as long as the graph has the same shape, so that the focus does too. */
  function build(graph: VisibleGraph): void {
    const key = graph.nodes.map((node) => `${node.id}(${node.operands.join()})`).join(' ');
    if (key === shape) return;
    shape = key;
    buttons = [];
    list.replaceChildren();
    const open = [{ items: listOf(graph), into: list as HTMLElement }];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const item of next.items) {
        const made = button('graph-list-node', () => choose(item), { 'data-node': item.told === 'here' ? item.node : null });
        const line = element('li', '', {}, made);
        next.into.append(line);
        buttons.push({ item, made });
        if (item.items.length === 0) continue;
        const inner = element('ul', '', { role: 'list' });
        line.append(inner);
        open.push({ items: item.items, into: inner });
      }
    }
  }

  function write(graph: VisibleGraph, state: State, moment: Moment | null): void {
    const words = listWords(graph, operations, state.view.decimals, moment);
    root.setAttribute('aria-label', `The graph of ${nodes.get(graph.output)?.label ?? 'f'} as a list`);
    const selected = state.selection?.kind === 'node' ? (graph.standsFor.get(state.selection.id) ?? state.selection.id) : null;
    for (const { item, made } of buttons) {
      const text = item.told === 'here' ? (words.get(item.node) ?? '') : reference(item);
      if (made.textContent !== text) made.textContent = text;
      const isSelected = item.told === 'here' && selected === item.node;
      if (isSelected) made.setAttribute('aria-current', 'true');
      else made.removeAttribute('aria-current');
      made.classList.toggle('is-step', item.told === 'here' && moment?.node(item.node) === 'active');
    }
  }

  function reference({ node, told }: ListItem): string {
    const label = nodes.get(node)?.label ?? node;
    return told === 'above' ? `${label} is described above.` : `${label} is described below.`;
  }

  function choose({ node, told }: ListItem): void {
    if (told === 'here') actions.select({ kind: 'node', id: targetOf(node) });
    else focusNodeSoon(node);
  }

  /** The output shows the value of its gate, and the gate is what can be explained. */
  function targetOf(id: string): string {
    const node = nodes.get(id);
    return node?.kind === 'output' ? (node.operands[0] ?? id) : id;
  }

  root.setAttribute('role', 'group');
  watchAny(
    store,
    ({ answer, openGroups, view, step, selection }) => [answer, openGroups, view, step, selection],
    () => draw(store.get()),
  );
}
