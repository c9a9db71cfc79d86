/** Widths of texts before they are drawn, so that the layout leaves room for them. */
import { LEVEL_SIZE, type Run } from './math-text';
import { WIDTHS } from './widths';

export type Typeface = 'number' | 'caption' | 'math' | 'main' | 'bold' | 'boldmath';

/** Sizes at 100 %, px. */
export const SIZES = { number: 16, branch: 16, name: 15, leaf: 19, caption: 12.5, badge: 11.5, shape: 12, before: 15, local: 14 } as const;

const FONTS: Readonly<Record<Typeface, (size: number) => string>> = {
  number: (size) => `600 ${String(size)}px "Inter Variable", system-ui, sans-serif`,
  caption: (size) => `500 ${String(size)}px "Inter Variable", system-ui, sans-serif`,
  math: (size) => `italic 400 ${String(size)}px KaTeX_Math, "Times New Roman", serif`,
  bold: (size) => `700 ${String(size)}px KaTeX_Main, "Times New Roman", serif`,
  boldmath: (size) => `italic 700 ${String(size)}px KaTeX_Math, "Times New Roman", serif`,
  main: (size) => `400 ${String(size)}px KaTeX_Main, "Times New Roman", serif`,
};
/** The fonts that measured widths depend on; measured again once they are loaded. */
const LOADED = ['600 16px "Inter Variable"', 'italic 16px KaTeX_Math', '16px KaTeX_Main'];
/** Of a character in parts of the size, where nothing can be measured. */
const MEAN_WIDTH: Readonly<Record<Typeface, number>> = { number: 0.62, caption: 0.56, math: 0.55, main: 0.52, bold: 0.6, boldmath: 0.62 };

export interface Measure {
  width(text: string, face: Typeface, size: number): number;
  runs(runs: readonly Run[], size: number): number;
  /** Some width was not in the table and had to be measured or guessed, so it may change with the fonts. */
  readonly unsure: boolean;
  /** Forgets what was measured: another font has arrived. */
  forget(): void;
}

export function createMeasure(context: Pick<CanvasRenderingContext2D, 'font' | 'measureText'> | null): Measure {
  const known = new Map<string, number>();
  let unsure = false;
  const width = (text: string, face: Typeface, size: number): number => {
    // Digits are tabular on the graph: all as wide as 0, so that one width serves for all numbers of a pattern.
    const pattern = face === 'number' ? text.replace(/\d/g, '0') : text;
    const key = `${face}${String(size)} ${pattern}`;
    let found = known.get(key);
    if (found === undefined) {
      const listed = listedWidth(pattern, face);
      unsure ||= listed === null;
      if (listed !== null) found = listed * size;
      else if (context) {
        context.font = FONTS[face](size);
        found = context.measureText(pattern).width;
      } else found = pattern.length * MEAN_WIDTH[face] * size;
      known.set(key, found);
    }
    return found;
  };
  return {
    width,
    runs: (runs, size) => runs.reduce((sum, run) => sum + width(run.text, run.font, size * LEVEL_SIZE[run.level]), 0),
    get unsure() {
      return unsure;
    },
    forget: () => {
      known.clear();
      unsure = false;
    },
  };
}

/**
 * Width in parts of the size from the table of the page's own fonts; null where it lacks a character. The table makes
 * the layout the same everywhere: before fonts have arrived, in every browser, and where the start picture is drawn.
 */
function listedWidth(text: string, face: Typeface): number | null {
  const widths = tables[face];
  let sum = 0;
  for (const character of text) {
    const found = widths.get(character);
    if (found === undefined) return null;
    sum += found;
  }
  return sum / 1000;
}

const tableOf = (face: Typeface): ReadonlyMap<string, number> =>
  new Map((WIDTHS[face] ?? []).flatMap(([width, characters]) => [...characters].map((one) => [one, width] as const)));

const tables: Readonly<Record<Typeface, ReadonlyMap<string, number>>> = {
  number: tableOf('number'), caption: tableOf('caption'), math: tableOf('math'), main: tableOf('main'),
  bold: tableOf('bold'), boldmath: new Map(),
};

/** Resolves when the fonts of the graph are there, or cannot be had. */
export async function fontsLoaded(): Promise<void> {
  if (!('fonts' in document)) return;
  await Promise.allSettled(LOADED.map((font) => document.fonts.load(font, '0−x')));
}
