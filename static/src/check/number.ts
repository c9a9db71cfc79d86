/** The form and the answer for one number: what it is said to be, the number, and what can be said about it. */
import type { Diagnosis, Lesson, Problem, SlipMatch } from '../api/model';
import type { App } from '../app';
import { renderMath } from '../math';
import type { NumberCheck } from '../state';
import { question } from '../tabs/question';
import { button, element } from '../views/elements';
import { say } from '../views/live';
import { askedOf, indexIn, nodeOf, quantitiesOf, quantityOf, QUANTITY_WORDS, questionOf, rateOf, type Quantity } from './ask';
import { entryChooser } from './chooser';
import { entryLatex, entryText } from './entry';
import { typedField } from './field';
import { litOfMatch } from './lit';
import { sourceNote } from './note';
import { resultOf } from './result';
import { spokenDiagnosis } from './words';

export interface NumberView {
  root: HTMLElement;
  /** The check has changed, or the answer it is about. */
  update(): void;
  focus(): void;
  /** What was typed for the gradient of this node before. */
  draft(leaf: string): string;
}

/** `lesson`: the open example, where nobody has edited it. */
export function numberView(app: App, lesson: () => Lesson | null): NumberView {
  const { store, actions } = app;
  const label = element('span', 'check-question', { 'aria-hidden': 'true' });
  const field = typedField('check-hint', take, send);
  const chooser = entryChooser(chooseEntry);
  const hint = element('p', 'check-hint', { id: 'check-hint', role: 'alert', hidden: true });
  const choices = element('div', 'check-quantities', { role: 'radiogroup', 'aria-label': 'What the number is' });
  const rate = element('input', 'check-rate', { type: 'text', inputmode: 'decimal', autocomplete: 'off', 'aria-label': 'Learning rate', placeholder: '0.1' });
  const rateRow = element('label', 'check-rate-row', { hidden: true }, 'Learning rate', rate);
  const place = element('div', 'check-place', { hidden: true });
  const note = element('p', 'check-note', { hidden: true });
  const form = element('form', 'check-form', {}, label, field.root, element('button', 'button button-solid', { type: 'submit' }, 'Check'));
  const root = element('div', 'check-number-view', {}, choices, chooser.root, form, rateRow, hint, place, note);
  /** What was typed for other nodes, while the page stands. */
  const drafts = new Map<string, string>();
  let shown: NumberCheck | null = null;
  let found: Diagnosis | null = null;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  rate.addEventListener('change', take);

  function send(): void {
    take();
    if (field.value.trim() === '') tell(isWhole() ? 'Type or paste the numbers you got first.' : 'Type the number you got, for example 0.0012.');
    field.focus();
  }

  /** All entries of a tensor are in question. */
  function isWhole(): boolean {
    const { check, answer } = store.get();
    const node = check && answer && nodeOf(answer, check);
    return node !== null && check !== null && node.shape.length > 0 && indexIn(node, check).length === 0;
  }

  function chooseEntry(leaf: string): void {
    const { check } = store.get();
    if (!check) return;
    const next: NumberCheck = { ...check, leaf };
    // Another entry asks for another number; the same digits may stand, as a reader tries where they belong.
    const isEntry = leaf.endsWith(']') && check.leaf.endsWith(']');
    actions.setCheck({ ...next, text: drafts.get(keyOf(next)) ?? (isEntry ? check.text : '') });
  }

  function take(): void {
    const { check } = store.get();
    if (!check) return;
    const next: NumberCheck = { ...check, text: field.value };
    if (check.quantity === 'updated' && rate.value.trim() !== '') next.rate = rate.value;
    drafts.set(keyOf(next), field.value);
    if (next.text !== check.text || next.rate !== check.rate) actions.setCheck(next);
    if (next.quantity === 'updated' && field.value.trim() !== '' && rateOf(next, lesson()?.step ?? null) === null) {
      tell('Type the learning rate, for example 0.1.');
    } else tell(null);
  }

  function tell(sentence: string | null): void {
    hint.hidden = sentence === null;
    hint.textContent = sentence ?? '';
    field.invalid(sentence !== null);
  }

  function choose(quantity: Quantity): void {
    const { check } = store.get();
    if (!check || quantityOf(check) === quantity) return;
    const next: NumberCheck = quantity === 'gradient' ? { leaf: check.leaf, text: '' } : { leaf: check.leaf, text: '', quantity };
    actions.setCheck({ ...next, text: drafts.get(keyOf(next)) ?? '' });
    field.focus();
  }

  function showChoices(check: NumberCheck): void {
    const { answer } = store.get();
    const offered = quantitiesOf(answer && nodeOf(answer, check));
    const now = quantityOf(check);
    const all = offered.includes(now) ? offered : [...offered, now];
    const focused = choices.contains(document.activeElement);
    choices.replaceChildren(
      ...all.map((quantity) =>
        button('check-quantity', () => choose(quantity), { role: 'radio', 'aria-checked': String(quantity === now), tabindex: quantity === now ? '0' : '-1' }, QUANTITY_WORDS[quantity]),
      ),
    );
    if (focused) choices.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }

  choices.addEventListener('keydown', (event) => {
    const step = ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 } as Record<string, number>)[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const radios = [...choices.querySelectorAll<HTMLElement>('[role="radio"]')];
    const at = radios.findIndex((radio) => radio.getAttribute('aria-checked') === 'true');
    radios[(at + step + radios.length) % radios.length]?.click();
    choices.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  });

  function update(): void {
    const { check, answer } = store.get();
    if (!check) {
      shown = null;
      place.hidden = true;
      return;
    }
    const node = answer && nodeOf(answer, check);
    const output = answer?.nodes.find(({ id }) => id === answer.output);
    const index = indexIn(node, check);
    const { latex, words } = questionOf(quantityOf(check), entryLatex(node?.latex ?? check.leaf, index), output?.latex ?? 'f');
    renderMath(label, `${latex} =`);
    field.name(words(entryText(node?.label ?? check.leaf, index), output?.label ?? 'f'));
    field.show(isWhole() ? (node?.shape ?? []) : null);
    form.classList.toggle('check-form-wide', isWhole());
    chooser.update(node, check.leaf);
    rateRow.hidden = quantityOf(check) !== 'updated';
    rate.value = check.rate ?? (rateRow.hidden ? '' : String(lesson()?.step?.learning_rate ?? ''));
    if (!shown || keyOf(shown) !== keyOf(check) || shown.text !== check.text) {
      field.value = check.text;
      tell(null);
    }
    showChoices(check);
    shown = check;
    // The answer stays on show until the next one to the same question; to another question it says nothing.
    const fits = found !== null && found.quantity === quantityOf(check) && (node?.label ?? check.leaf) === found.node.label && (found.index ?? []).join() === index.join();
    setShown(fits && check.text.trim() !== '');
    place.classList.toggle('is-stale', found !== null && found.printed.text !== check.text.trim());
  }

  function setShown(on: boolean): void {
    if (place.hidden === !on) return;
    place.hidden = !on;
    if (on && found) present(found);
    else {
      note.hidden = true;
      actions.light(null);
    }
  }

  function present(diagnosis: Diagnosis): void {
    place.replaceChildren(resultOf(diagnosis, { onLight: light, onPaths: showPaths, onEntry: lookInto }));
    const [only, ...others] = diagnosis.matches;
    light(only && others.length === 0 ? only : null);
    void noteOnSource(diagnosis);
  }

  function answered(diagnosis: Diagnosis): void {
    const isNew = !found || spokenDiagnosis(found) !== spokenDiagnosis(diagnosis);
    found = diagnosis;
    tell(null);
    place.hidden = false;
    place.classList.remove('is-stale');
    present(diagnosis);
    if (isNew) say(spokenDiagnosis(diagnosis));
  }

  function light(match: SlipMatch | null): void {
    const { answer } = store.get();
    actions.light(match && found && answer ? litOfMatch(answer, found, match) : null);
  }

  /** A wrong entry of a matrix by itself; the matrix stays as the draft of the whole. */
  function lookInto(index: number[], typed: string): void {
    const { check, answer } = store.get();
    const node = check && answer && nodeOf(answer, check);
    if (!check || !node) return;
    drafts.set(keyOf(check), check.text);
    actions.setCheck({ ...check, leaf: entryText(node.name ?? node.label, index), text: typed });
    field.focus();
  }

  function showPaths(): void {
    const { check, answer } = store.get();
    const node = check && answer && nodeOf(answer, check);
    if (node) actions.setTabs({ leaf: entryText(node.name ?? node.label, indexIn(node, check)), target: null, path: null });
    actions.setTab('paths');
    document.getElementById('tab-paths')?.focus();
  }

  async function noteOnSource(diagnosis: Diagnosis): Promise<void> {
    const open = lesson();
    const text = open && (await sourceNote(open, diagnosis));
    if (found !== diagnosis || place.hidden) return;
    note.hidden = text === null;
    note.textContent = text ?? '';
  }

  function refused(problems: readonly Problem[]): void {
    setShown(false);
    found = null;
    const [first] = problems;
    tell(first ? `${first.message}${first.hint === null ? '' : ` ${first.hint}`}`.replaceAll('`', '') : 'This number could not be checked.');
  }

  question<Diagnosis>(app, '/diagnose', ({ check }) => askedOf(check, lesson()?.step ?? null), answered, refused);
  store.watch((state) => state.answer, () => {
    // New numbers under the same question: the old way stays lit until the answer comes.
    if (store.get().check) update();
  });
  store.watch(
    (state) => state.status,
    (status) => root.classList.toggle('is-stale', status === 'unreadable'),
  );
  return {
    root,
    update,
    focus: () => field.focus(),
    draft: (leaf) => drafts.get(keyOf({ leaf, text: '' })) ?? '',
  };
}

function keyOf({ leaf, quantity }: NumberCheck): string {
  return `${quantity ?? 'gradient'} ${leaf}`;
}
