/** The panel in the inspector's place: one number, or the numbers of a worked example. */
import type { Lesson } from '../api/model';
import type { App } from '../app';
import { openLesson } from '../gallery/choice';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { linesOf, sourceName } from './lines';
import { leafOf, nodeOf } from './ask';
import { numberView } from './number';
import { workedView } from './worked';

/** `openedFrom`: what had the focus when a reader opened it; null where a link did. */
export function panel(root: HTMLElement, app: App, known: readonly Lesson[], openedFrom: HTMLElement | null): void {
  const { store, actions } = app;
  let lessons = known;
  let cameFrom = openedFrom;
  /** Lines that were typed, for when the worked example is opened again. */
  let lines = '';

  const lesson = (): Lesson | null => {
    const { example, program, values } = store.get();
    const found = openLesson(lessons, program, values);
    return found?.slug === example ? found : null;
  };
  const title = element('h2', 'inspector-name', { id: 'check-title' });
  const about = element('p', 'inspector-kind');
  const back = button('icon-button', close, { 'aria-label': 'Back to the worked example', title: 'Back (Esc)' }, icon('undo'));
  const leave = button('icon-button inspector-close', leaveAll, { 'aria-label': 'Close the check', title: 'Close (Esc)' }, icon('close'));
  const sign = element('span', 'check-sign', { 'aria-hidden': 'true' }, icon('search'));
  const header = element('header', 'inspector-header', {}, back, sign, element('div', 'inspector-heading', {}, title, about), leave);
  const number = numberView(app, lesson);
  const worked = workedView(app, lesson);
  const toWorked = button('check-more', openWorked, {}, '');
  const foot = element('div', 'check-foot', {}, toWorked);
  const content = element('div', 'inspector-content', {}, header, number.root, worked.root, foot);
  root.setAttribute('aria-labelledby', 'check-title');
  root.append(element('div', 'inspector-body', {}, content));

  function openWorked(): void {
    const open = lesson();
    actions.setCheck(null);
    actions.setWorked(open && open.printed.length > 0 ? linesOf(open) : lines);
  }

  /** One level: from a number of the list back to the list, else out. */
  function close(): void {
    if (store.get().check && store.get().worked !== null) actions.setCheck(null);
    else leaveAll();
  }

  function leaveAll(): void {
    const { worked: typed } = store.get();
    if (typed !== null && typed !== '') lines = typed;
    actions.setCheck(null);
    actions.setWorked(null);
    // The inspector comes back first, with the button that was pressed.
    requestAnimationFrame(() => {
      const target = cameFrom?.isConnected && cameFrom.getClientRects().length > 0 ? cameFrom : document.getElementById('stage');
      target?.focus();
      cameFrom = null;
    });
  }

  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });

  type View = 'number' | 'worked' | null;
  let view: View = null;
  let isFirst = true;

  function show(): void {
    const { check, worked: typed } = store.get();
    const next: View = check ? 'number' : typed !== null ? 'worked' : null;
    const isOther = next !== view;
    const active = document.activeElement;
    if (view === null && !isFirst && active instanceof HTMLElement && !root.contains(active)) cameFrom = active;
    view = next;
    root.hidden = next === null;
    number.root.hidden = next !== 'number';
    worked.root.hidden = next !== 'worked';
    back.hidden = !(check && typed !== null);
    sign.hidden = !back.hidden;
    foot.hidden = next !== 'number' || typed !== null;
    title.textContent = next === 'worked' ? 'Check a worked example' : 'Check a number';
    about.textContent = next === 'worked' ? 'Every printed number against ours' : 'Compares with the usual slips';
    if (typed !== null && typed !== '') lines = typed;
    const open = lesson();
    const count = open?.printed.length ?? 0;
    toWorked.textContent = open && count > 1 ? `Check all ${String(count)} numbers of ${sourceName(open).toLowerCase()}` : 'Check a worked example';
    number.update();
    worked.update();
    if (!isOther || next === null) return;
    root.scrollTop = 0;
    if (cameFrom !== null) (next === 'number' ? number : worked).focus();
    isFirst = false;
  }

  /** Another gate or leaf is selected while the panel is open: the next number is for that one. */
  function follow(): void {
    const { selection, check, answer } = store.get();
    if (!check || !answer || selection?.kind !== 'node') return;
    const node = answer.nodes.find(({ id }) => id === selection.id);
    if (!node || node.gradient === null || nodeOf(answer, check)?.id === node.id) return;
    const leaf = leafOf(node, (nodeOf(answer, check)?.shape.length ?? 0) > 0 ? check.leaf : null);
    actions.setCheck({ leaf, text: number.draft(leaf) });
  }

  store.watch((state) => state.check, show);
  store.watch((state) => state.worked, show);
  store.watch((state) => state.example, show);
  store.watch((state) => state.selection, follow);
  void app.lessons().then(
    (all) => {
      lessons = all;
      show();
    },
    () => undefined,
  );
}
