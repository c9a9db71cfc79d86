/** Curve glyphs of gates: the shape of the function in a box of 26 × 18 px around the middle of the gate. */

interface Glyph {
  of: (x: number) => number;
  /** Interval that is drawn, and the values at the foot and the head of the box. */
  x: readonly [number, number];
  y: readonly [number, number];
}

const WIDTH = 26;
const HEIGHT = 18;
const SAMPLES = 28;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const gelu = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const exponential = (slope: number) => (x: number) => (x > 0 ? x : slope * Math.expm1(x));
const HINGE = { x: [-1.25, 1.25], y: [-0.35, 1.35] } as const;
const BOWL = { x: [-3.2, 2], y: [-0.75, 2.1] } as const;

const GLYPHS: Readonly<Record<string, Glyph>> = {
  sigmoid: { of: sigmoid, x: [-5, 5], y: [0, 1] },
  logsigmoid: { of: (x) => -softplus(-x), x: [-3.4, 3.4], y: [-3.4, 0.6] },
  hard_sigmoid: { of: (x) => Math.min(1, Math.max(0, x / 6 + 0.5)), x: [-5.4, 5.4], y: [0, 1] },
  tanh: { of: Math.tanh, x: [-2.8, 2.8], y: [-1, 1] },
  softsign: { of: (x) => x / (1 + Math.abs(x)), x: [-6, 6], y: [-0.9, 0.9] },
  relu: { of: (x) => Math.max(0, x), ...HINGE },
  leaky_relu: { of: (x) => (x > 0 ? x : 0.22 * x), ...HINGE },
  elu: { of: exponential(1), x: [-3, 1.6], y: [-1.1, 1.6] },
  selu: { of: exponential(1.6733), x: [-3, 1.9], y: [-1.8, 1.9] },
  gelu: { of: gelu, ...BOWL },
  silu: { of: (x) => x * sigmoid(x), ...BOWL },
  mish: { of: (x) => x * Math.tanh(softplus(x)), ...BOWL },
  softplus: { of: softplus, x: [-3, 3], y: [-0.3, 3.1] },
  sin: { of: Math.sin, x: [-Math.PI, Math.PI], y: [-1, 1] },
  cos: { of: Math.cos, x: [-Math.PI, Math.PI], y: [-1, 1] },
  abs: { of: Math.abs, x: [-1, 1], y: [0, 1] },
  sign: { of: Math.sign, x: [-1, 1], y: [-1, 1] },
  step: { of: (x) => (x > 0 ? 1 : 0), x: [-1, 1], y: [0, 1] },
};

/** The path of a named curve around (0, 0), or null for a name that has none. */
export function glyphPath(name: string | null): string | null {
  const glyph = name === null ? undefined : GLYPHS[name];
  if (!glyph) return null;
  const [left, right] = glyph.x;
  const [foot, head] = glyph.y;
  const points: string[] = [];
  for (let i = 0; i <= SAMPLES; i += 1) {
    const x = left + ((right - left) * i) / SAMPLES;
    const across = (i / SAMPLES - 0.5) * WIDTH;
    const up = ((glyph.of(x) - foot) / (head - foot) - 0.5) * HEIGHT;
    points.push(`${across.toFixed(1)},${(-up).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}

/** Signs drawn as strokes, so that they sit in the very middle of their gate. */
const STROKES: Readonly<Record<string, string>> = {
  '+': 'M-8.5,0H8.5M0,-8.5V8.5',
  '−': 'M-8.5,0H8.5',
  '×': 'M-6.5,-6.5L6.5,6.5M-6.5,6.5L6.5,-6.5',
  '÷': 'M-8.5,0H8.5M0,-6.6V-6.5M0,6.5V6.6',
};

export function signPath(symbol: string): string | null {
  return STROKES[symbol] ?? null;
}
