/** The program as it was read, typeset: the selected statement, else that of the output. Its parts are the gates. */
import type { App } from '../app';
import { visibleGraph } from '../graph/visible';
import { mathReady, renderMathParts } from '../math';
import { fitting, FULL_SIZE, runsOf, statementFor } from './echo-choice';
import { answerNode } from './editor-spans';
import { watchAny } from './editor-watch';
import { element } from './elements';

/** Width of the region, as in shell.css. */
const ROOM = 420;

export function echo(root: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  const formula = element('div', 'formula-math');
  const lights = element('div', 'formula-lights', { 'aria-hidden': 'true' });
  const line = element('div', 'formula-line', {}, lights, formula);
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', 'The program as it was read');
  root.append(line);

  /** What is typeset now, and what is lit in it: a drag brings an answer in every frame that changes neither. */
  let shown = '';
  let lit = '';
  let frame = 0;
  let timer = 0;

  function typeset(): void {
    const { answer, selection } = store.get();
    const statement = answer && statementFor(answer, selection);
    root.hidden = !statement;
    if (!statement) return;
    const key = JSON.stringify([statement.latex, statement.parts]);
    if (key === shown) return;
    shown = key;
    renderMathParts(formula, statement.latex, statement.parts, { display: true });
    fit();
  }

  /** The drawing goes first: a formula is measured, which would make the browser lay out the page twice. */
  function typesetAfterDrawing(): void {
    window.cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    frame = window.requestAnimationFrame(() => {
      timer = window.setTimeout(typeset);
    });
  }

  function fit(): void {
    line.style.fontSize = `${String(FULL_SIZE)}px`;
    const { width, height } = formula.getBoundingClientRect();
    const { size, cut } = fitting(width, height, ROOM);
    line.style.fontSize = `${String(size)}px`;
    root.classList.toggle('cut', cut);
    lit = '';
    light();
  }

  /** What is selected takes the accent; what is pointed at gets a soft ground. */
  function light(): void {
    const { answer, selection, hovered } = store.get();
    const selected = selection && answer && answerNode(answer, selection.kind === 'node' ? selection.id : selection.source);
    const pointed = hovered !== null && answer ? answerNode(answer, hovered) : null;
    const now = JSON.stringify([shown, selected, pointed]);
    if (now === lit) return;
    lit = now;
    const parts = [...formula.querySelectorAll<HTMLElement>('.katex-html [data-node]')];
    const idsOf = (part: HTMLElement): readonly string[] => (part.dataset['node'] ?? '').split(' ');
    for (const part of parts) part.classList.toggle('lit', selected !== null && idsOf(part).includes(selected));
    const grounds = pointed === null ? [] : runsOf(parts.map((part) => idsOf(part).includes(pointed)));
    if (grounds.length === 0) {
      lights.replaceChildren();
      return;
    }
    const origin = line.getBoundingClientRect();
    lights.replaceChildren(
      ...grounds.map(({ from, to }) => groundUnder(parts.slice(from, to).map((p) => p.getBoundingClientRect()), origin)),
    );
  }

  /** The gate or leaf whose part the pointer is on, by its visible id: the innermost. */
  function gateUnder(event: Event): string | null {
    const { answer, openGroups, view } = store.get();
    const part = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-node]') : null;
    const inner = part?.dataset['node']?.split(' ').at(-1);
    if (!answer || inner === undefined) return null;
    return visibleGraph(answer, openGroups, view, operations).standsFor.get(inner) ?? null;
  }

  function hover(id: string | null): void {
    const { drag, answer } = store.get();
    if (!drag) actions.hover(id && answer && answerNode(answer, id));
  }

  formula.addEventListener('pointerover', (event) => hover(gateUnder(event)));
  formula.addEventListener('pointerleave', () => hover(null));
  formula.addEventListener('click', (event) => {
    const id = gateUnder(event);
    if (id !== null) actions.select({ kind: 'node', id });
  });

  // The first one at once: it takes the place of the one in the page's first response.
  typeset();
  watchAny(store, ({ answer, selection }) => [answer?.statements, selection], typesetAfterDrawing);
  watchAny(store, ({ selection, hovered, answer }) => [selection, hovered, answer], light);
  watchAny(
    store,
    ({ shownProblems }) => [shownProblems],
    () => root.classList.toggle('stale', store.get().shownProblems.length > 0),
  );
  // Until KaTeX and its fonts are there, the formula has another width.
  void mathReady().then(fit);
  document.fonts.addEventListener('loadingdone', fit);
}

function groundUnder(boxes: readonly DOMRect[], origin: DOMRect): HTMLElement {
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const ground = element('div', 'formula-ground');
  ground.style.left = `${String(left - origin.left)}px`;
  ground.style.top = `${String(top - origin.top)}px`;
  ground.style.width = `${String(right - left)}px`;
  ground.style.height = `${String(bottom - top)}px`;
  return ground;
}
