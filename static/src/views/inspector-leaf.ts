/** Value field of a leaf with steps, and its gradient. */
import type { App } from '../app';
import { fullNumber, graphNumber, readNumber } from '../format';
import { paceOf, stepFor, stepped } from '../graph/steps';
import { ROLES, withRole, type Role } from '../explain/roles';
import type { LeafSubject } from '../explain/subject';
import { button, element } from './elements';
import { nudgeLine } from './inspector-nudge';

export interface LeafControls {
  root: HTMLElement;
  update(leaf: LeafSubject | null): void;
}

const MINUS = '\u2212';
const shownText = (value: number): string => fullNumber(value).replaceAll('-', MINUS);

export function leafControls(app: App): LeafControls {
  const { store, actions } = app;
  let leaf: LeafSubject | null = null;
  const field = element('input', 'value-input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false' });
  const less = button('value-step', (event) => step(-1, event), {}, MINUS);
  const more = button('value-step', (event) => step(1, event), {}, '+');
  const gradient = element('span', 'leaf-gradient-number');
  const gradientLine = element('span', 'leaf-gradient', {}, 'gradient ', gradient);
  const hint = element('p', 'value-hint', { role: 'alert', hidden: true }, 'Type a number, for example −0.5.');
  const frame = element('div', 'value-field', {}, less, field, more);
  const roles = element('select', 'leaf-role', {}, ...ROLES.map(({ role, title }) => element('option', '', { value: role }, title)));
  const nudge = nudgeLine(app);
  const row = element('div', 'leaf-row', {}, frame, gradientLine, roles);
  const root = element('div', 'leaf-controls', {}, row, hint, nudge.root);

  function name(): string | null {
    return leaf?.node.name ?? null;
  }

  function step(direction: number, event: { shiftKey: boolean; altKey: boolean }): void {
    const typed = readNumber(field.value);
    const [leafName, value] = [name(), typed ?? leaf?.node.value];
    if (leafName === null || value === undefined || !Number.isFinite(value)) return;
    actions.setValue(leafName, stepped(value, direction, stepFor(value, paceOf(event))));
    setInvalid(false);
    // The answer follows; until then the field already shows the new number.
    field.value = shownText(stepped(value, direction, stepFor(value, paceOf(event))));
  }

  function take(): boolean {
    const value = readNumber(field.value);
    const leafName = name();
    setInvalid(value === null);
    if (value === null || leafName === null) return false;
    if (value !== leaf?.node.value) actions.setValue(leafName, value);
    return true;
  }

  function restore(): void {
    setInvalid(false);
    if (leaf) field.value = shownText(leaf.node.value);
  }

  function setInvalid(invalid: boolean): void {
    hint.hidden = !invalid;
    frame.classList.toggle('invalid', invalid);
    if (invalid) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  roles.addEventListener('change', () => {
    const { answer, answerSource, program } = store.get();
    // While the text is being edited its places are not known; the menu then goes back to what it was.
    const text = leaf && answer && program === answerSource ? withRole(program, answer, leaf.node, roles.value as Role) : null;
    if (text === null) roles.value = leaf?.node.kind ?? 'input';
    else actions.setProgram(text);
  });
  field.addEventListener('focus', () => field.select());
  field.addEventListener('blur', () => {
    if (!take()) restore();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      if (take()) field.select();
    } else if (event.key === 'Escape') {
      const changed = leaf !== null && field.value !== shownText(leaf.node.value);
      restore();
      field.select();
      // One level each: the next Esc closes the inspector.
      if (!changed) return;
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      step(event.key === 'ArrowUp' ? 1 : -1, event);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    root,
    update(next) {
      const isOther = next?.node.name !== leaf?.node.name;
      const before = leaf?.node.value;
      leaf = next;
      root.hidden = next === null || (next.node.name === null && next.node.kind === 'constant');
      if (!next) return;
      const { value, label } = next.node;
      const slope = next.node.gradient;
      frame.hidden = next.node.name === null;
      roles.hidden = next.node.name === null;
      roles.value = next.node.kind;
      roles.setAttribute('aria-label', `Role of ${label}`);
      nudge.update(next);
      field.setAttribute('aria-label', `Value of ${label}`);
      less.setAttribute('aria-label', `Decrease ${label} by ${String(stepFor(value))}`);
      more.setAttribute('aria-label', `Increase ${label} by ${String(stepFor(value))}`);
      // What the reader is typing stays, as long as the number itself did not change.
      if (isOther || value !== before || document.activeElement !== field) restore();
      gradientLine.hidden = slope === null;
      gradient.textContent = slope === null ? '' : graphNumber(slope, 4);
      gradient.title = slope === null ? '' : fullNumber(slope);
      gradient.classList.toggle('warn', slope !== null && !Number.isFinite(slope));
    },
  };
}
