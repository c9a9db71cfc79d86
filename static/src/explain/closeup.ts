/**
 * The close-up: one gate (or one junction) large, with the words downstream, local and upstream in their places.
 * Pure geometry: what is to be drawn, in px of a card of the given width.
 */
import type { GraphNode } from '../api/model';
import { glyphPath, signPath } from '../graph/glyphs';
import { gateRuns, LEVEL_SIZE, nameRuns, type Run } from '../graph/math-text';
import { equationNumber, fullNumber, graphNumber } from '../format';
import { localName } from './chain';
import type { Gate, Operand, Use } from './subject';

export type Piece =
  | { kind: 'path'; className: string; d: string; at?: { x: number; y: number; scale: number } }
  | { kind: 'circle'; className: string; x: number; y: number; r: number }
  | { kind: 'text'; className: string; x: number; y: number; anchor: 'start' | 'middle' | 'end'; size: number; runs: readonly Run[]; title?: string };

export interface Card {
  width: number;
  height: number;
  pieces: readonly Piece[];
}

interface Point {
  x: number;
  y: number;
}

const GRADIENT_DECIMALS = 4;
const RADIUS = 26;
const SMALL_RADIUS = 17;
const NAME_SIZE = 19;
const NUMBER_SIZE = 14.5;
const LOCAL_SIZE = 13;
const WORD_SIZE = 11.5;
const EDGE_OF_CARD = 14;
const MOST_ROWS = 6;
/** Baselines of the number above and of the texts below a wire. */
const ABOVE = -9;
const BELOW = 21;
const WORD = 38;

/** About how wide the runs are, with the widths of KaTeX's letters: good enough to place a wire, and needs no browser. */
function widthOf(runs: readonly Run[], size: number): number {
  const letter = (character: string): number =>
    /[mwMW]/.test(character) ? 0.86 : /[A-Z∑]/.test(character) ? 0.74 : /[fijlrt()|,.\s]/.test(character) ? 0.38 : 0.53;
  return runs.reduce((sum, { text: content, level }) => {
    const width = [...content].reduce((total, character) => total + letter(character), 0);
    return sum + width * LEVEL_SIZE[level] * size;
  }, 0);
}

/** `isWhole`: a repeated operand is used nowhere else, so its two branches make its whole gradient. */
export function gateCard(gate: Gate, isWhole: boolean, width: number, decimals: number): Card {
  const rows = gate.operands.filter(({ position }) => position !== gate.folded);
  const isTwice = rows.length === 2 && rows[0]?.node.id === rows[1]?.node.id;
  return isTwice ? twiceCard(gate, rows, isWhole, width, decimals) : rowsCard(gate, rows, width, decimals);
}

/** One edge of a gate, without its neighbours. */
export function edgeCard(gate: Gate, operand: Operand, width: number, decimals: number): Card {
  return rowsCard(gate, [operand], width, decimals);
}

function rowsCard(gate: Gate, all: readonly Operand[], width: number, decimals: number): Card {
  const rows = all.slice(0, MOST_ROWS);
  const spacing = rows.length === 2 ? 88 : 94;
  const top = rows.length === 1 ? 66 : 40;
  const middle = top + ((rows.length - 1) * spacing) / 2;
  const left = wireStart(rows.map(({ node }) => node));
  const centre = { x: Math.round(0.53 * width), y: middle };
  const rail = Math.max(left + 76, centre.x - RADIUS - 70);
  const pieces: Piece[] = [halo(centre)];
  rows.forEach((operand, index) => {
    const y = top + index * spacing;
    const isStraight = Math.abs(y - middle) < 1;
    pieces.push(...wireInto(centre, { x: left, y }, rail));
    pieces.push(nameText(operand.node, left - 8, y + 6, 'end'));
    const label = (left + (isStraight ? centre.x - RADIUS - 8 : rail)) / 2;
    pieces.push(...operandTexts(operand, label, y, decimals));
    pieces.push(...localText(gate, operand, localPlace(rows.length, y - middle, { x: rail + 30, y }, centre, label)));
  });
  pieces.push(...gatePieces(gate, centre, RADIUS, 'closeup-gate'), ...resultPieces(gate, centre, width, decimals));
  const bottom = top + (rows.length - 1) * spacing + (rows.length === 1 ? 54 : rows.length === 2 ? 50 : 64);
  return withRest({ width, height: bottom, pieces }, all.length - rows.length, left);
}

/** Says how many rows there would be below the last one that is drawn. */
function withRest(card: Card, count: number, x: number): Card {
  if (count <= 0) return card;
  const runs: Run[] = [{ text: `and ${String(count)} more`, font: 'main', level: 'base' }];
  const rest: Piece = { kind: 'text', className: 'closeup-word', x, y: card.height + 10, anchor: 'start', size: LOCAL_SIZE, runs };
  return { ...card, height: card.height + 24, pieces: [...card.pieces, rest] };
}

/** `x * x`: one wire with a junction, and two branches into the gate. */
function twiceCard(gate: Gate, rows: readonly Operand[], isWhole: boolean, width: number, decimals: number): Card {
  const [first, second] = rows;
  if (!first || !second) return { width, height: 0, pieces: [] };
  const y = 88;
  const left = wireStart([first.node]);
  const centre = { x: Math.round(0.56 * width), y };
  const junction = { x: Math.max(left + 70, centre.x - RADIUS - 76), y };
  const trunk = (left + junction.x) / 2 - 3;
  const pieces: Piece[] = [
    halo(centre),
    { kind: 'path', className: 'closeup-wire', d: `M${text(left)},${text(y)}H${text(junction.x)}` },
    ...[-1, 1].flatMap((side) => bow(junction, centre, side, RADIUS)),
    { kind: 'circle', className: 'closeup-junction', x: junction.x, y, r: 5 },
    nameText(first.node, left - 8, y + 6, 'end'),
    valueText(first.node.value, trunk, y + ABOVE, decimals),
  ];
  if (isWhole) pieces.push(gradientText(first.node.gradient, trunk, y + BELOW));
  const middle = (junction.x + centre.x - RADIUS) / 2 + 4;
  for (const [operand, baseline] of [[first, y - 48], [second, y + 59]] as const) {
    pieces.push(gradientText(operand.downstream, middle, baseline));
    pieces.push(...localText(gate, operand, { x: middle + 44, y: baseline, anchor: 'start' }));
  }
  pieces.push(word('downstream', middle, y + 75), ...gatePieces(gate, centre, RADIUS, 'closeup-gate'));
  pieces.push(...resultPieces(gate, centre, width, decimals));
  return { width, height: 178, pieces };
}

/** The last gate and the result that it gives. */
export function outputCard(gate: Gate, width: number, decimals: number): Card {
  const [y, centre] = [52, { x: 64, y: 52 }];
  const runs = nameRuns(gate.node.latex, gate.node.label);
  const box = { width: Math.max(44, widthOf(runs, NAME_SIZE) + 24), height: 36 };
  const left = width - 40 - box.width;
  const middle = (centre.x + RADIUS + left) / 2;
  const frame = (inset: number): Piece => ({
    kind: 'path',
    className: inset > 0 ? 'closeup-gate-plain closeup-ring' : 'closeup-gate-plain',
    d: roundedBox(left + inset, y - 18 + inset, left + box.width - inset, y + 18 - inset, 9 - inset),
  });
  const name: Piece = { kind: 'text', className: 'closeup-name', x: left + box.width / 2, y: y + 5, anchor: 'middle', size: NAME_SIZE, runs };
  return {
    width,
    height: 104,
    pieces: [
      halo(centre), ...gatePieces(gate, centre, RADIUS, 'closeup-gate'),
      ...arrow(`M${text(centre.x + RADIUS)},${text(y)}`, { x: left, y }, { x: 1, y: 0 }),
      valueText(gate.value, middle, y + ABOVE, decimals), gradientText(gate.gradient, middle, y + BELOW),
      frame(0), frame(3.5), name,
    ],
  };
}

export function roundedBox(left: number, top: number, right: number, bottom: number, corner: number): string {
  const r = text(corner);
  const arc = (x: number, y: number): string => `A${r},${r} 0 0 1 ${text(x)},${text(y)}`;
  return (
    `M${text(left + corner)},${text(top)}H${text(right - corner)}${arc(right, top + corner)}V${text(bottom - corner)}` +
    `${arc(right - corner, bottom)}H${text(left + corner)}${arc(left, bottom - corner)}V${text(top + corner)}${arc(left + corner, top)}Z`
  );
}

/** A leaf or gate with one branch for each use. */
export function usesCard(node: GraphNode, all: readonly Use[], width: number, decimals: number): Card {
  const uses = all.slice(0, MOST_ROWS);
  const [first, second] = uses;
  if (all.length === 1 && first) return edgeCard(first.gate, first.operand, width, decimals);
  if (uses.length === 2 && first && first.gate.id === second?.gate.id) {
    return twiceCard(first.gate, [first.operand, second.operand], true, width, decimals);
  }
  const spacing = uses.length === 2 ? 96 : 66;
  const top = 32;
  const middle = top + ((uses.length - 1) * spacing) / 2;
  const left = wireStart([node]);
  const junction = { x: Math.max(left + 92, width - 78 - 122), y: middle };
  const pieces: Piece[] = [
    { kind: 'path', className: 'closeup-wire', d: `M${text(left)},${text(middle)}H${text(junction.x)}` },
    nameText(node, left - 8, middle + 6, 'end'),
    valueText(node.value, (left + junction.x) / 2, middle + ABOVE, decimals),
    gradientText(node.gradient, (left + junction.x) / 2, middle + BELOW),
  ];
  uses.forEach((use, index) => pieces.push(...branch(use, junction, { x: width - 78, y: top + index * spacing })));
  pieces.push({ kind: 'circle', className: 'closeup-junction', x: junction.x, y: middle, r: 5 });
  return withRest({ width, height: top + (uses.length - 1) * spacing + 34, pieces }, all.length - uses.length, left);
}

function branch({ gate, operand }: Use, junction: Point, centre: Point): Piece[] {
  const pieces = wireInto(centre, junction, junction.x + 6, SMALL_RADIUS);
  const side = Math.sign(centre.y - junction.y);
  const x = centre.x - (side > 0 ? SMALL_RADIUS + 58 : side < 0 ? 16 : SMALL_RADIUS + 40);
  pieces.push(gradientText(operand.downstream, x, centre.y + (side < 0 ? 37 : side > 0 ? 10 : BELOW)));
  pieces.push(...gatePieces(gate, centre, SMALL_RADIUS, 'closeup-gate-plain'));
  pieces.push(nameText(gate.node, centre.x + SMALL_RADIUS + 10, centre.y + 6, 'start'));
  return pieces;
}

function wireStart(nodes: readonly GraphNode[]): number {
  const widest = Math.max(...nodes.map((node) => widthOf(nameRuns(node.latex, node.label), NAME_SIZE)));
  return EDGE_OF_CARD + Math.min(84, Math.max(22, Math.ceil(widest))) + 8;
}

/** A wire that runs level to `rail` and then bends into the gate at its own angle, with its arrowhead. */
function wireInto(centre: Point, from: Point, rail: number, radius = RADIUS): Piece[] {
  const rise = from.y - centre.y;
  if (Math.abs(rise) < 1) return arrow(`M${text(from.x)},${text(from.y)}`, { x: centre.x - radius, y: centre.y }, { x: 1, y: 0 });
  const angle = Math.min(1.0, Math.max(0.5, Math.atan2(Math.abs(rise), centre.x - rail)));
  const out = { x: -Math.cos(angle), y: Math.sign(rise) * Math.sin(angle) };
  const tip = { x: centre.x + radius * out.x, y: centre.y + radius * out.y };
  const reach = Math.min(44, Math.max(18, 0.42 * (tip.x - rail)));
  const bend = `${text(rail + reach)},${text(from.y)} ${text(tip.x + reach * out.x)},${text(tip.y + reach * out.y)} `;
  return arrow(`M${text(from.x)},${text(from.y)}H${text(rail)}C${bend}`, tip, { x: -out.x, y: -out.y });
}

/** A branch that bows out and enters the gate at 45 degrees. */
function bow(junction: Point, centre: Point, side: number, radius: number): Piece[] {
  const diagonal = Math.SQRT1_2;
  const tip = { x: centre.x - radius * diagonal, y: centre.y + side * radius * diagonal };
  const high = centre.y + side * 40;
  const d = `M${text(junction.x)},${text(junction.y)}C${text(junction.x + 18)},${text(high)} ${text(tip.x - 26)},${text(high + side * 4)} `;
  return arrow(d, tip, { x: diagonal, y: -side * diagonal });
}

function arrow(start: string, tip: Point, direction: Point): Piece[] {
  const end = { x: tip.x - 5 * direction.x, y: tip.y - 5 * direction.y };
  const across = { x: -direction.y * 3.4, y: direction.x * 3.4 };
  const back = { x: tip.x - 7.5 * direction.x, y: tip.y - 7.5 * direction.y };
  const join = start.includes('C') ? '' : 'L';
  return [
    { kind: 'path', className: 'closeup-wire', d: `${start}${join}${text(end.x)},${text(end.y)}` },
    {
      kind: 'path',
      className: 'closeup-arrow',
      d: `M${text(tip.x)},${text(tip.y)}L${text(back.x + across.x)},${text(back.y + across.y)}L${text(back.x - across.x)},${text(back.y - across.y)}Z`,
    },
  ];
}

/** Behind wires and gate, so that the arrowheads stand on it. */
function halo(at: Point): Piece {
  return { kind: 'circle', className: 'closeup-halo', ...at, r: RADIUS + 7 };
}

/** The gate itself, also for the heading. */
export function gatePieces(gate: Pick<Gate, 'symbol' | 'glyph' | 'composite'>, at: Point, r: number, className: string): Piece[] {
  const pieces: Piece[] = [];
  pieces.push({ kind: 'circle', className, ...at, r });
  const inner = gate.composite ? r - 3.5 : r;
  if (gate.composite) pieces.push({ kind: 'circle', className: `${className} closeup-ring`, ...at, r: inner });
  const curve = glyphPath(gate.glyph);
  const drawn = curve ?? signPath(gate.symbol);
  if (drawn) {
    pieces.push({ kind: 'path', className: 'closeup-glyph', d: drawn, at: { ...at, scale: inner / (curve ? 23 : 22) } });
    return pieces;
  }
  const runs = gateRuns(gate.symbol);
  const size = Math.min(0.9 * inner, (1.55 * inner * 20) / widthOf(runs, 20));
  pieces.push({ kind: 'text', className: 'closeup-symbol', x: at.x, y: at.y + 0.33 * size, anchor: 'middle', size, runs });
  return pieces;
}

function resultPieces(gate: Gate, centre: Point, width: number, decimals: number): Piece[] {
  const nameWidth = Math.min(64, widthOf(nameRuns(gate.node.latex, gate.node.label), NAME_SIZE));
  const tip = { x: width - EDGE_OF_CARD - nameWidth - 8, y: centre.y };
  const start = centre.x + RADIUS;
  const middle = (start + tip.x) / 2;
  return [
    ...arrow(`M${text(start)},${text(centre.y)}`, tip, { x: 1, y: 0 }),
    nameText(gate.node, tip.x + 8, centre.y + 6, 'start'),
    valueText(gate.value, middle, centre.y + ABOVE, decimals),
    gradientText(gate.gradient, middle, centre.y + BELOW),
    word('upstream', middle, centre.y + WORD),
  ];
}

function operandTexts(operand: Operand, x: number, y: number, decimals: number): Piece[] {
  const value = valueText(operand.node.value, x, y + ABOVE, decimals);
  if (operand.constant) return [word('constant', x, y + BELOW - 2)];
  return [value, gradientText(operand.downstream, x, y + BELOW), word('downstream', x, y + WORD)];
}

interface Place extends Point {
  anchor: 'start' | 'middle';
}

function localPlace(rows: number, offset: number, beside: Point, centre: Point, label: number): Place {
  if (rows === 1) return { x: centre.x, y: centre.y - RADIUS - 16, anchor: 'middle' };
  if (rows > 2) return { x: label, y: beside.y + WORD + 16, anchor: 'middle' };
  return { x: beside.x, y: beside.y + (offset < 0 ? ABOVE + 1 : BELOW - 1), anchor: 'start' };
}

/** "local x₁ = −2.00", or the number alone where the rule is no name. */
function localText(gate: Gate, operand: Operand, place: Place): Piece[] {
  if (operand.local === null) return [];
  const name = localName(gate, operand);
  const number = equationNumber(operand.local, GRADIENT_DECIMALS, name ? 2 : 0).text;
  const runs: Run[] = [{ text: 'local ', font: 'main', level: 'base' }];
  if (name) runs.push(...nameRuns(name.latex, name.label), { text: ' = ', font: 'main', level: 'base' });
  runs.push({ text: number, font: 'main', level: 'base' });
  return [{ kind: 'text', className: 'closeup-local', ...place, size: LOCAL_SIZE, runs, title: fullNumber(operand.local) }];
}

function nameText(node: GraphNode, x: number, y: number, anchor: 'start' | 'end'): Piece {
  const runs = nameRuns(node.latex, node.label);
  const size = Math.max(11, Math.min(NAME_SIZE, (NAME_SIZE * 84) / widthOf(runs, NAME_SIZE)));
  return { kind: 'text', className: 'closeup-name', x, y, anchor, size, runs };
}

function numberPiece(value: number, x: number, y: number, decimals: number, className: string): Piece {
  const shown = Number.isFinite(value) ? className : `${className} closeup-warn`;
  const runs: Run[] = [{ text: graphNumber(value, decimals), font: 'main', level: 'base' }];
  return { kind: 'text', className: shown, x, y, anchor: 'middle', size: NUMBER_SIZE, runs, title: fullNumber(value) };
}

const valueText = (value: number, x: number, y: number, decimals: number): Piece =>
  numberPiece(value, x, y, decimals, 'closeup-value');

function gradientText(value: number | null, x: number, y: number): Piece {
  return numberPiece(value ?? 0, x, y, GRADIENT_DECIMALS, value === null ? 'closeup-none' : 'closeup-gradient');
}

function word(content: string, x: number, y: number): Piece {
  const runs: Run[] = [{ text: content, font: 'main', level: 'base' }];
  return { kind: 'text', className: 'closeup-word', x, y, anchor: 'middle', size: WORD_SIZE, runs };
}

const text = (value: number): string => String(Math.round(value * 10) / 10);
