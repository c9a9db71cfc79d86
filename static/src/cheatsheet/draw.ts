/**
 * The cheat sheet's gates, formulas and pictures as markup, drawn by the page's own code when the front end is built
 * (tools/prerender.mjs): the page /operations holds them all and needs no script to be read.
 */
import { gatePieces } from '../explain/closeup';
import { marked, tex, type Tex } from '../explain/tex';
import { mathReady, renderTex } from '../math';
import { drawCard } from '../views/inspector-card';
import { drawCurve, type Size } from './curve';
import { drawFlow } from './flow';
import { drawMatrices } from './matrices';
import type { DrawnEntry, DrawnSheet, Entry, SheetRecords } from './records';

const GATE = 40;
const RADIUS = 18.5;
const ROW: Size = { width: 150, height: 54 };
const TALL_ROW: Size = { width: 150, height: 62 };
const CARD: Size = { width: 252, height: 66 };

export async function drawSheet({ rules, rows }: SheetRecords): Promise<DrawnSheet> {
  await mathReady();
  return { rules: drawAll(rules, CARD), rows: drawAll(rows, ROW) };
}

function drawAll(entries: Readonly<Record<string, Entry>>, size: Size): Record<string, DrawnEntry> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, drawEntry(entry, size)]));
}

export function drawEntry({ symbol, glyph, composite, formula, locals, picture, matrices }: Entry, size: Size): DrawnEntry {
  const flowSize = locals.length > 2 ? TALL_ROW : ROW;
  const shown = matrices ? drawMatrices(matrices) : picture ? drawCurve(picture, size) : drawFlow(locals, flowSize);
  return {
    gate: gate({ symbol, glyph, composite }).outerHTML,
    formula: typeset(tex`${formula}`),
    locals: locals.map(({ left, right }) => typeset(localTex(left, right))),
    picture: shown.outerHTML,
  };
}

function localTex(left: string, right: string | null): Tex {
  return tex`${left} = ${marked({ className: 'gradient' }, right ?? '0')}`;
}

function typeset(formula: Tex): string {
  const place = document.createElement('span');
  renderTex(place, formula);
  return place.innerHTML;
}

function gate(shown: Pick<Entry, 'symbol' | 'glyph' | 'composite'>): SVGSVGElement {
  const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  root.setAttribute('class', 'closeup cheat-gate-picture');
  const middle = { x: GATE / 2, y: GATE / 2 };
  drawCard(root, { width: GATE, height: GATE, pieces: gatePieces(shown, middle, RADIUS, 'closeup-gate-plain') }, null);
  return root;
}
