/**
 * A cell under the pointer lights the cells that it was made of: of a value the window or the row and the column, of a
 * gradient the upstream cells and those that they met; a note has the products with their sum.
 */
import { gradientPairs, sumOfProducts, valuePairs, type Pairs } from '../explain/cell-sources';
import { fullNumber, graphNumber } from '../format';
import { entryName } from '../tensor-zoom/scale';
import type { GraphContext } from './context';
import { branchSum } from './branch-sum';
import { nodeOf } from './context';
import type { VisibleNode } from './visible';

/** More tensors than this on the stage are not searched through while the pointer moves. */
const MOST_TENSORS = 60;

type Kind = 'value' | 'gradient';

interface Cell {
  node: VisibleNode;
  kind: Kind;
  place: number;
  ground: Element;
}

interface Made {
  pairs: Pairs;
  first: { node: VisibleNode; kind: Kind };
  second: { node: VisibleNode; kind: Kind };
}

export function lightCells(context: GraphContext): void {
  const { parts: { root }, drawing, tooltip, app: { store } } = context;
  let lit: readonly Element[] = [];
  let shown: Element | null = null;
  let planned = 0;

  const tensorOf = ({ node }: VisibleNode, kind: Kind) => node.tensor?.[kind] ?? null;

  function groundsOf(node: VisibleNode, kind: Kind): readonly Element[] {
    const grounds = [...(drawing.label(node.id)?.querySelectorAll(`.${kind}-cells .cell`) ?? [])];
    return grounds.length === tensorOf(node, kind)?.entries?.length ? grounds : [];
  }

  function cellUnder(x: number, y: number): Cell | null {
    const inside = (element: Element): boolean => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return x >= left && x < right && y >= top && y < bottom;
    };
    const nodes = (context.picture()?.graph.nodes ?? []).filter(({ node, kind }) => node.tensor && kind !== 'output');
    if (nodes.length > MOST_TENSORS) return null;
    for (const node of nodes) {
      for (const kind of ['value', 'gradient'] as const) {
        const group = drawing.label(node.id)?.querySelector(`.${kind}-cells`);
        if (!group || !inside(group)) continue;
        const grounds = groundsOf(node, kind);
        const place = grounds.findIndex(inside);
        const ground = grounds[place];
        if (ground) return { node, kind, place, ground };
      }
    }
    return null;
  }

  function madeOf({ node, kind, place }: Cell): Made | null {
    const graph = context.picture()?.graph;
    if (!graph) return null;
    const uses = graph.edges.filter(({ source }) => source === node.id);
    const [use] = uses;
    if (kind === 'gradient' && uses.length !== 1) return null;
    const gate = kind === 'value' ? node : use && nodeOf(context, use.target);
    const [one, other] = (gate?.operands ?? []).map((id) => nodeOf(context, id));
    if (!gate || !one || !other) return null;
    const shapes = [one.node.shape, other.node.shape];
    if (kind === 'value') {
      const pairs = valuePairs(gate.op, shapes)?.(place);
      return pairs ? { pairs, first: { node: one, kind }, second: { node: other, kind } } : null;
    }
    const position = use?.operand ?? 0;
    const pairs = gradientPairs(gate.op, position, shapes)?.(place);
    return pairs ? { pairs, first: { node: gate, kind }, second: { node: position === 0 ? other : one, kind: 'value' } } : null;
  }

  function clear(): void {
    for (const element of lit) element.classList.remove('is-factor', 'is-result');
    if (shown) tooltip.hide();
    lit = [];
    shown = null;
  }

  function look(x: number, y: number): void {
    const cell = cellUnder(x, y);
    if (cell && cell.ground === shown) return;
    clear();
    const made = cell && madeOf(cell);
    if (cell && !made) tellBranches(cell);
    if (!cell || !made) return;
    const { pairs, first, second } = made;
    const factors = [first, second].flatMap(({ node, kind }, index) => {
      const grounds = groundsOf(node, kind);
      return pairs.flatMap((pair) => grounds[pair[index] ?? -1] ?? []);
    });
    for (const element of factors) element.classList.add('is-factor');
    cell.ground.classList.add('is-result');
    lit = [...factors, cell.ground];
    shown = cell.ground;
    const [one, other] = [tensorOf(first.node, first.kind), tensorOf(second.node, second.kind)];
    const value = tensorOf(cell.node, cell.kind)?.entries?.[cell.place] ?? NaN;
    if (one && other) tell(cell, value, sumOfProducts(pairs, one, other, value));
  }

  /** The number of the cell in full with its name, and what it was made of. */
  function tell({ node: { node }, kind, place, ground }: Cell, value: number, made: string): void {
    const whole = `${fullNumber(value)}  ${entryName(node.label, node.shape, place)}`;
    tooltip.plan([{ kind, text: whole }, { kind, text: made }], () => ground.getBoundingClientRect(), true);
  }

  /** Of several uses the cells of all branches are added up. */
  function tellBranches(cell: Cell): void {
    const { node, kind, place, ground } = cell;
    const graph = context.picture()?.graph;
    if (!graph || kind !== 'gradient') return;
    const { decimals } = store.get().view;
    const text = branchSum(graph.edges.filter(({ source }) => source === node.id), place, (value) => graphNumber(value, decimals));
    if (text === null) return;
    ground.classList.add('is-result');
    [lit, shown] = [[ground], ground];
    tell(cell, tensorOf(node, kind)?.entries?.[place] ?? NaN, text);
  }

  root.addEventListener('pointermove', ({ clientX, clientY, buttons, pointerType }) => {
    cancelAnimationFrame(planned);
    if (buttons !== 0 || pointerType === 'touch' || store.get().drag) clear();
    else planned = requestAnimationFrame(() => look(clientX, clientY));
  });
  root.addEventListener('pointerleave', () => {
    cancelAnimationFrame(planned);
    clear();
  });
}
