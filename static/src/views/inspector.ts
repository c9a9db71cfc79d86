/** The inspector: everything about the selected gate, leaf or edge, in symbols and with the numbers of this moment. */
import type { App } from '../app';
import { edgeCard, gateCard, outputCard, usesCard, type Card } from '../explain/closeup';
import { subjectOf, type Subject } from '../explain/subject';
import { isTensor } from '../explain/tensor';
import { nothingFlows } from '../explain/words';
import { visibleGraph } from '../graph/visible';
import { element } from './elements';
import { drawCard } from './inspector-card';
import { chainRule } from './inspector-chain';
import { groupControls } from './inspector-group';
import { inspectorHeader } from './inspector-header';
import { leafControls } from './inspector-leaf';
import { cardLabel } from './inspector-label';
import { notes } from './inspector-notes';
import { checkButton } from './inspector-check';
import { patternSection } from './inspector-pattern';
import { curveSection } from './inspector-curve';
import { resizeHandle } from './inspector-resize';
import { tensorSection } from './inspector-tensor';

const CARD_BORDER = 2;
/** A narrower card shows a close-up of this width scaled down, so that nothing in it collides. */
const LEAST_CARD = 310;

export function inspector(root: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  let subject: Subject | null = null;
  let scheduled = false;

  const close = (): void => {
    const hadFocus = root.contains(document.activeElement);
    actions.select(null);
    if (hadFocus) document.getElementById('stage')?.focus();
  };
  const header = inspectorHeader(close);
  const warnings = notes(app);
  const leaf = leafControls(app);
  const group = groupControls(app);
  const check = checkButton(app);
  const closeup = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  closeup.setAttribute('class', 'closeup');
  const card = element('div', 'closeup-card', {}, closeup);
  const chain = chainRule(operations);
  const pattern = patternSection(app);
  const curve = curveSection(app);
  const tensors = tensorSection(app);
  const content = element(
    'div', 'inspector-content', {},
    header.root, warnings.root, leaf.root, group.root, tensors.root, card, ...chain.roots, pattern.root, curve.root,
    check.root,
  );
  const body = element('div', 'inspector-body', {}, content);
  const handle = resizeHandle(root, () => schedule());
  root.hidden = true;
  root.setAttribute('aria-labelledby', 'inspector-name');
  root.replaceChildren(handle, body);

  function cardWidth(): number {
    return Math.max(LEAST_CARD, content.clientWidth - CARD_BORDER);
  }

  function drawCloseup(): void {
    const made = subject && cardOf(subject, cardWidth(), store.get().view.decimals);
    card.hidden = made === null;
    if (made && subject) drawCard(closeup, made, cardLabel(subject));
  }

  function update(): void {
    const { selection, answer, openGroups, view } = store.get();
    const before = subject;
    subject =
      selection && answer
        ? subjectOf(selection, { answer, operations, openGroups, visible: visibleGraph(answer, openGroups, view, operations) })
        : null;
    // A check of a number takes the inspector's place.
    root.hidden = subject === null || store.get().check !== null || store.get().worked !== null;
    if (!subject) return;
    header.update(subject);
    warnings.update(subject);
    group.update(subject);
    const whole = isTensor(subject);
    tensors.update(whole ? subject : null);
    leaf.update(subject.kind === 'leaf' && !subject.node.tensor ? subject : null);
    for (const root of [card, ...chain.roots]) root.hidden = whole;
    if (!whole) {
      drawCloseup();
      chain.update(subject);
    }
    pattern.update(subject, cardWidth());
    curve.update(subject);
    markVaried();
    check.update(subject);
    if (!before || keyOf(before) !== keyOf(subject)) root.scrollTop = 0;
    light();
  }

  /** The cells of the entry whose curve is drawn, wherever they stand. */
  function markVaried(): void {
    const { entry } = curve;
    for (const table of tensors.root.querySelectorAll<HTMLElement>('table[data-of]')) {
      const isOf = table.dataset['of'] === entry?.node;
      table.querySelectorAll('td').forEach((cell, at) => cell.classList.toggle('is-varied', isOf && at === entry?.place));
    }
  }

  /** A cell that is clicked or walked to is the entry whose curve is drawn. */
  function chooseEntry({ target }: Event): void {
    const cell = target instanceof Element ? target.closest('td') : null;
    const table = cell?.closest<HTMLElement>('table[data-of]');
    if (!cell || !table) return;
    const place = [...table.querySelectorAll('td')].indexOf(cell);
    if (curve.choose(table.dataset['of'] ?? '', place)) markVaried();
  }

  /** Several fields of the state may change at once; the inspector is written once for all of them. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      update();
    });
  }

  function light(): void {
    const { hovered } = store.get();
    for (const lit of body.querySelectorAll('.lit')) lit.classList.remove('lit');
    // The subject's own name stands in every line; lighting it would only make noise.
    if (hovered === null || hovered === (subject && nodeOf(subject))) return;
    for (const part of body.querySelectorAll(`[data-node~="${CSS.escape(hovered)}"]`)) part.classList.add('lit');
  }

  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  tensors.root.addEventListener('click', chooseEntry);
  tensors.root.addEventListener('focusin', chooseEntry);
  curve.root.addEventListener('change', markVaried);
  body.addEventListener('pointerover', (event) => {
    const part = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    const nodes = part?.getAttribute('data-node')?.split(' ') ?? [];
    if (!store.get().drag && store.get().hovered !== (nodes.at(-1) ?? null)) actions.hover(nodes.at(-1) ?? null);
  });
  body.addEventListener('pointerleave', () => {
    if (!store.get().drag && store.get().hovered !== null) actions.hover(null);
  });

  store.watch((state) => state.selection, schedule);
  store.watch((state) => state.check === null && state.worked === null, schedule);
  store.watch((state) => state.answer, schedule);
  store.watch((state) => state.openGroups, schedule);
  store.watch((state) => state.view, schedule);
  store.watch((state) => state.hovered, light);
}

function nodeOf(subject: Subject): string {
  return subject.kind === 'gate' || subject.kind === 'edge' ? subject.gate.node.id : subject.node.id;
}

/** The same thing with other numbers keeps its place on the screen. */
function keyOf(subject: Subject): string {
  switch (subject.kind) {
    case 'gate':
      return `gate ${subject.gate.id}`;
    case 'edge':
      return `edge ${subject.operand.visible} ${subject.gate.id} ${String(subject.operand.position)}`;
    case 'leaf':
    case 'output':
      return `${subject.kind} ${subject.node.id}`;
  }
}

function cardOf(subject: Subject, width: number, decimals: number): Card | null {
  switch (subject.kind) {
    case 'gate':
      return gateCard(subject.gate, subject.operandUses[0] === subject.gate.operands.length, width, decimals);
    case 'edge':
      return edgeCard(subject.gate, subject.operand, width, decimals);
    case 'leaf':
      return subject.uses.length > 0 && !nothingFlows(subject) ? usesCard(subject.node, subject.uses, width, decimals) : null;
    case 'output':
      return subject.gate && outputCard(subject.gate, width, decimals);
  }
}
