/** Entries of the registry with their rules, as the API lists them, and subjects made from the answers of fixtures.ts. */
import type { Answer, Operation } from '../../static/src/api/model';
import { subjectOf, type EdgeSubject, type GateSubject, type LeafSubject, type Subject } from '../../static/src/explain/subject';
import { visibleGraph } from '../../static/src/graph/visible';
import type { Selection } from '../../static/src/state';

interface Entry {
  title: string;
  operands: string[];
  latex: string;
  symbol: string;
  local: [text: string, latex: string][];
  pattern?: string;
  variadic?: boolean;
  glyph?: string;
  folded?: (string | null)[];
  expansion?: [text: string, latex: string];
  attributes?: Record<string, number>;
  convention?: string;
  says?: string;
}

const cases = (yes: string, condition: string, no: string): string =>
  `\\begin{cases} {${yes}} & \\text{if } {${condition}} \\\\ {${no}} & \\text{otherwise} \\end{cases}`;

const ENTRIES: Record<string, Entry> = {
  add: {
    title: 'Add', operands: ['x', 'y'], latex: '#x + #y', symbol: '+', pattern: 'distributor',
    local: [['1', '1'], ['1', '1']], folded: ['+#c', '+#c'],
  },
  sub: { title: 'Subtract', operands: ['x', 'y'], latex: '#x - #y', symbol: '−', local: [['1', '1'], ['-1', '-1']] },
  mul: {
    title: 'Multiply', operands: ['x', 'y'], latex: '#x \\cdot #y', symbol: '×', pattern: 'switcher',
    local: [['y', '#y'], ['x', '#x']], folded: ['×#c', '×#c'],
    says: "Each input receives the upstream gradient times the other input's value.",
  },
  div: {
    title: 'Divide', operands: ['x', 'y'], latex: '\\frac{#x}{#y}', symbol: '÷', pattern: 'scaler', folded: ['#c/x', '÷#c'],
    local: [['1 / y', '\\frac{1}{#y}'], ['-(out / y)', '-\\frac{#out}{#y}']],
  },
  pow: {
    title: 'Power', operands: ['x', 'y'], latex: '#x^{#y}', symbol: 'xʸ', pattern: 'scaler', folded: ['#c^x', 'x^#c'],
    local: [['y * x^(y - 1)', '#y #x^{#y - 1}'], ['out * log(x)', '#out \\ln\\left(#x\\right)']],
  },
  neg: { title: 'Negate', operands: ['x'], latex: '-#x', symbol: '×−1', pattern: 'scaler', local: [['-1', '-1']] },
  exp: { title: 'Exponential', operands: ['x'], latex: 'e^{#x}', symbol: 'eˣ', pattern: 'scaler', local: [['out', '#out']] },
  log: { title: 'Natural logarithm', operands: ['x'], latex: '\\ln\\left(#x\\right)', symbol: 'ln', local: [['1 / x', '\\frac{1}{#x}']] },
  max: {
    title: 'Maximum', operands: ['x'], variadic: true, latex: '\\max\\left(#*\\right)', symbol: 'max', pattern: 'router',
    local: [['where(x == out, 1, 0)', cases('1', '#x = #out', '0')]], convention: 'ties',
  },
  sigmoid: {
    title: 'Sigmoid', operands: ['x'], latex: '\\sigma\\left(#x\\right)', symbol: 'σ', glyph: 'sigmoid', pattern: 'scaler',
    local: [['out * (1 - out)', '(1 - #out) #out']], expansion: ['1 / (1 + exp(-x))', '\\frac{1}{1 + e^{-#x}}'],
  },
  leaky_relu: {
    title: 'Leaky ReLU', operands: ['x'], latex: '\\operatorname{LeakyReLU}_{#slope}\\left(#x\\right)', symbol: 'LReLU',
    local: [['where(x > 0, 1, slope)', cases('1', '#x > 0', '#slope')]], attributes: { slope: 0.01 },
  },
  erf: {
    title: 'Error function', operands: ['x'], latex: '\\operatorname{erf}\\left(#x\\right)', symbol: 'erf',
    local: [['(1 + erf(x)) / 2', '\\frac{1 + \\operatorname{erf}\\left(#x\\right)}{2}']],
  },
};

const SENTENCES: Record<string, string> = {
  distributor: 'Each input receives the upstream gradient unchanged.',
  switcher: "Each input receives the upstream gradient times the other input's value.",
  router: 'One input receives the whole gradient, or none does; the others receive 0.',
  scaler: 'Each input receives the upstream gradient times the slope of the gate.',
};

function operation(name: string, entry: Entry): Operation {
  const { pattern, expansion } = entry;
  return {
    name,
    title: entry.title,
    operands: entry.operands,
    variadic: entry.variadic ?? false,
    attributes: entry.attributes ?? {},
    aliases: [],
    notation: '',
    latex: entry.latex,
    symbol: entry.symbol,
    glyph: entry.glyph ?? null,
    folded: entry.folded ?? [],
    pattern: pattern === undefined ? null : { name: pattern, title: `Gradient ${pattern}`, word: pattern, sentence: SENTENCES[pattern] ?? '' },
    says: entry.says ?? '',
    reuse: null,
    expansion: expansion?.[0] ?? null,
    expansion_latex: expansion?.[1] ?? null,
    composite: expansion !== undefined,
    kinks: null,
    kink_sentence: null,
    convention: entry.convention ?? null,
    local: entry.local.map(([text, latex], index) => ({ operand: entry.operands[index] ?? '', text, latex })),
    code: {},
  } as unknown as Operation;
}

export const REGISTRY: ReadonlyMap<string, Operation> = new Map(
  Object.entries(ENTRIES).map(([name, entry]) => [name, operation(name, entry)]),
);

export function subject(answer: Answer, selection: Selection, foldConstants = true): Subject | null {
  const openGroups = new Set<string>();
  const visible = visibleGraph(answer, openGroups, { foldConstants }, REGISTRY);
  return subjectOf(selection, { answer, visible, operations: REGISTRY, openGroups });
}

function asKind<K extends Subject['kind']>(found: Subject | null, kind: K): Extract<Subject, { kind: K }> {
  if (found?.kind !== kind) throw new Error(`Expected a ${kind}, found ${found?.kind ?? 'nothing'}.`);
  return found as Extract<Subject, { kind: K }>;
}

export const gateSubject = (answer: Answer, id: string): GateSubject => asKind(subject(answer, { kind: 'node', id }), 'gate');
export const leafSubject = (answer: Answer, id: string): LeafSubject => asKind(subject(answer, { kind: 'node', id }), 'leaf');
export const edgeSubject = (answer: Answer, source: string, target: string, operand: number): EdgeSubject =>
  asKind(subject(answer, { kind: 'edge', source, target, operand }), 'edge');
