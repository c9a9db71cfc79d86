/** LaTeX -> elements, by KaTeX, which is loaded with the first formula. */
import type katexModule from 'katex';
import { compile, markOfColour, markParts, plainText, raw, type CompiledTex, type Mark, type Part, type Tex } from './explain/tex';

export interface MathOptions {
  /** Large fractions and limits, as in a displayed equation. */
  display?: boolean;
}

interface Template {
  root: HTMLElement;
  hasSlots: boolean;
}

interface Shown {
  key: string;
  /** The formula as it was put in; someone else's content in its place means typesetting anew. */
  first: Node | null;
  slots: readonly (readonly Element[])[];
  annotation: Element | null;
}

type Katex = typeof katexModule;

// About 8 ms a formula on a slow machine: what was typeset once is cloned.
const CACHE_SIZE = 500;
const cache = new Map<string, Template | null>();
const shown = new WeakMap<HTMLElement, Shown>();
const waiting = new Map<HTMLElement, { tex: Tex; display: boolean }>();
let katex: Katex | null = null;
let loading: Promise<void> | null = null;

/** Resolves when formulas are typeset at once; a failed load is tried again by the next call. */
export function mathReady(): Promise<void> {
  loading ??= import('katex')
    .then((module) => {
      katex = module.default;
      const elements = [...waiting];
      waiting.clear();
      for (const [element, { tex, display }] of elements) renderTex(element, tex, { display });
    })
    .catch(() => {
      loading = null;
    });
  return loading;
}

/** Fills the element with typeset LaTeX; until KaTeX is there, with its plain text. */
export function renderMath(element: HTMLElement, latex: string, options: MathOptions = {}): void {
  renderTex(element, raw(latex), options);
}

/**
 * The same, with parts that stand for nodes: the elements of a part carry `data-node` with the ids of all parts
 * around them, the innermost last, so that `[data-node~="n3"]` finds everything that belongs to n3.
 */
export function renderMathParts(
  element: HTMLElement,
  latex: string,
  parts: readonly Part[],
  options: MathOptions = {},
): void {
  renderTex(element, markParts(latex, parts), options);
}

/** Fills the element with pieces of LaTeX. If only numbers in slots changed, only their texts are touched. */
export function renderTex(element: HTMLElement, tex: Tex, { display = false }: MathOptions = {}): void {
  const compiled = compile(tex);
  const slots = tex.marks.filter((mark) => mark.text !== undefined);
  const key = keyOf(compiled, tex, display);
  const before = shown.get(element);
  if (before?.key === key && before.first === element.firstChild) {
    fill(before, slots, compiled.plain);
    return;
  }
  if (katex === null) {
    element.textContent = plainText(compiled.plain);
    waiting.set(element, { tex, display });
    void mathReady();
    return;
  }
  waiting.delete(element);
  const template = templateOf(katex, key, compiled, display);
  if (template === null) {
    shown.delete(element);
    element.textContent = plainText(compiled.plain);
    return;
  }
  const root = template.root.cloneNode(true) as HTMLElement;
  const state = {
    key,
    first: root.firstChild,
    slots: template.hasSlots ? slotsOf(root) : [],
    annotation: root.querySelector('annotation'),
  };
  fill(state, slots, compiled.plain);
  element.replaceChildren(...root.childNodes);
  shown.set(element, state);
}

function keyOf({ latex }: CompiledTex, { marks }: Tex, display: boolean): string {
  const names = marks.map(({ className = '', node = '', text }) => `${className}|${node}|${text === undefined ? '' : '0'}`);
  return [display ? 'display' : 'inline', latex, ...names].join('\n');
}

/** The typeset formula with its marks turned into classes and data; null where the LaTeX cannot be typeset. */
function templateOf(typesetter: Katex, key: string, compiled: CompiledTex, display: boolean): Template | null {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const template = typeset(typesetter, compiled, display);
  const oldest = cache.keys().next();
  if (cache.size >= CACHE_SIZE && !oldest.done) cache.delete(oldest.value);
  cache.set(key, template);
  return template;
}

function typeset(typesetter: Katex, compiled: CompiledTex, display: boolean): Template | null {
  const root = document.createElement('span');
  const options = {
    displayMode: display,
    output: 'htmlAndMathml',
    trust: false,
    maxExpand: 200,
    maxSize: 20,
    strict: 'ignore',
    // An error is caught here: KaTeX's own red text would need an inline style, which our policy forbids.
    throwOnError: true,
  } as const;
  try {
    typesetter.render(compiled.latex, root, options);
  } catch {
    return null;
  }
  return { root, hasSlots: applyMarks(root, compiled) };
}

/** Turns colours that encode marks into classes, `data-node` and `data-slot`; whether there is a slot. */
function applyMarks(root: HTMLElement, { chains }: CompiledTex): boolean {
  let hasSlots = false;
  const apply = (element: Element, index: number | null): void => {
    const chain = index === null ? undefined : chains[index];
    if (!chain) return;
    for (const { className } of chain) if (className !== undefined) element.classList.add(className);
    const nodes = chain.flatMap(({ node }) => (node === undefined ? [] : [node]));
    if (nodes.length > 0) element.setAttribute('data-node', nodes.join(' '));
    if (chain.at(-1)?.text === undefined) return;
    element.setAttribute('data-slot', String(index));
    hasSlots = true;
  };
  for (const element of root.querySelectorAll<HTMLElement>('[style]')) {
    const index = markOfColour(element.style.color);
    if (index === null) continue;
    apply(element, index);
    element.style.removeProperty('color');
    if (element.style.length === 0) element.removeAttribute('style');
  }
  for (const element of root.querySelectorAll('mstyle[mathcolor]')) {
    apply(element, markOfColour(element.getAttribute('mathcolor') ?? ''));
    element.removeAttribute('mathcolor');
  }
  return hasSlots;
}

/** Elements of each slot, in the order in which the slots open: one for the eye, one for screen readers. */
function slotsOf(root: HTMLElement): Element[][] {
  const byIndex = new Map<number, Element[]>();
  for (const element of root.querySelectorAll('[data-slot]')) {
    const index = Number(element.getAttribute('data-slot'));
    const target = element.localName === 'mstyle' ? (element.firstElementChild ?? element) : element;
    byIndex.set(index, [...(byIndex.get(index) ?? []), target]);
  }
  return [...byIndex.entries()].sort(([a], [b]) => a - b).map(([, elements]) => elements);
}

function fill({ slots, annotation }: Shown, marks: readonly Mark[], plain: string): void {
  for (const [index, elements] of slots.entries()) {
    const { text = '', title } = marks[index] ?? {};
    for (const element of elements) {
      if (element.textContent !== text) element.textContent = text;
      if (title === undefined) element.removeAttribute('title');
      else if (element instanceof HTMLElement && element.title !== title) element.title = title;
    }
  }
  if (annotation && annotation.textContent !== plain) annotation.textContent = plain;
}
