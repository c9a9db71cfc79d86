/** Formulas and sentences written into elements; those out of sight are typeset when they come into view. */
import { renderTex } from '../../math';
import { compile, plainText, raw, type Tex } from '../../explain/tex';
import { element } from '../../views/elements';
import { whileSeen } from './seen';
import { pieces } from './tex';

export interface Writer {
  /** An element with a formula. */
  math(className: string, tex: Tex | string, tag?: 'span' | 'div'): HTMLElement;
  /** Fills the element with a sentence whose names stand between dollar signs. */
  sentence(root: HTMLElement, text: string): void;
  /** From here on formulas belong to this item: typeset at once if it was in sight before, else when it comes there. */
  item(root: HTMLElement, key: string): void;
  /** From here on formulas belong to no item: they are typeset at once. */
  now(): void;
  /** Typesets what stands above an element, so that it stays where it is scrolled to; not of a very long solution. */
  above(target: HTMLElement): void;
  /** Typesets everything, for paper. */
  all(): void;
  /** Begins a new solution. */
  restart(): void;
}

/** Items typeset at once in any case: about what a window shows at first. */
const AT_ONCE = 12;

/** Items typeset before one is scrolled to: half a second at the worst. */
const MOST_ABOVE = 150;

/** A formula in one line, while it is not typeset. */
function readable(latex: string): string {
  return plainText(latex.replaceAll('\\dfrac', '\\frac').replace(/([_^])\{([^{}]*)\}/g, '$1$2'));
}

export function createWriter(panel: HTMLElement): Writer {
  const seen = new Set<string>();
  const seeing = whileSeen(panel);
  let waiting = new Map<HTMLElement, () => void>();
  let item: (() => void)[] | null = null;
  let begun = 0;

  function typeset(place: HTMLElement, tex: Tex): void {
    if (item === null) {
      renderTex(place, tex);
      return;
    }
    place.textContent = readable(compile(tex).plain);
    item.push(() => renderTex(place, tex));
  }

  const writer: Writer = {
    math(className, tex, tag = 'span') {
      const place = element(tag, className);
      typeset(place, typeof tex === 'string' ? raw(tex) : tex);
      return place;
    },
    sentence(root, text) {
      root.replaceChildren(
        ...pieces(text).map((piece) => (piece.isMath ? writer.math('inline-math', piece.text) : document.createTextNode(piece.text))),
      );
    },
    item(root, key) {
      begun += 1;
      if (begun <= AT_ONCE || seen.has(key)) {
        item = null;
        return;
      }
      const works: (() => void)[] = [];
      item = works;
      const run = (): void => {
        seen.add(key);
        waiting.delete(root);
        seeing.drop(root);
        for (const work of works.splice(0)) work();
      };
      waiting.set(root, run);
      seeing.add(root, run);
    },
    now() {
      item = null;
    },
    above(target) {
      const before = [...waiting].filter(
        ([root]) => (root.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      );
      if (before.length <= MOST_ABOVE) for (const [, run] of before) run();
    },
    all() {
      for (const run of [...waiting.values()]) run();
    },
    restart() {
      for (const root of waiting.keys()) seeing.drop(root);
      waiting = new Map();
      item = null;
      begun = 0;
    },
  };
  return writer;
}
