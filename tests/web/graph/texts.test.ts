import { describe, expect, it } from 'vitest';
import { foldedText } from '../../../static/src/graph/folding';
import { gateRuns, nameRuns, type Run } from '../../../static/src/graph/math-text';

const literal = (label: string, latex = label) => ({ label, latex });
const written = (runs: readonly Run[]): string =>
  runs.map(({ text, font, level }) => `${level === 'base' ? '' : `${level}:`}${font === 'math' ? `*${text}*` : text}`).join(' ');

describe('texts of folded gates', () => {
  it.each([
    ['+#c', '1', '+1'],
    ['×#c', '-2', '×−2'],
    ['+#c', '-2', '−2'],
    ['−#c', '-2', '+2'],
    ['#c−x', '1', '1−x'],
    ['#c/x', '1', '1/x'],
    ['x^#c', '2', 'x^2'],
    ['×#c', '1/2', '×1/2'],
  ])('%s with %s is %s', (template, label, text) => {
    expect(foldedText(template, literal(label))).toBe(text);
  });

  it('shows pi as a letter', () => {
    expect(foldedText('×#c', literal('pi', '\\pi'))).toBe('×π');
  });

  it.each([
    ['#c/x', '1/2'],
    ['x^#c', '1/2'],
    ['÷#c', '1/2'],
    ['×#c', '0.044715'],
    ['+#c', '1+2'],
    [null, '1'],
  ])('leaves %s with %s alone', (template, label) => {
    expect(foldedText(template, literal(label))).toBeNull();
  });
});

describe('names', () => {
  it('sets tensors bold, Greek letters italic as well, and indices plain', () => {
    const runs = (latex: string): string[] => nameRuns(latex, 'x').map(({ text, font, level }) => `${font} ${level} ${text}`);
    expect(runs('\\mathbf{W}_{1}')).toEqual(['bold base W', 'main sub 1']);
    expect(runs('\\boldsymbol{\\theta}_{i}')).toEqual(['boldmath base θ', 'math sub i']);
    expect(runs("\\mathbf{loss}'")).toEqual(['bold base loss', 'main base ′']);
  });

  it.each([
    ['w_{0}', '*w* sub:0'],
    ['\\theta_{1}', '*θ* sub:1'],
    ['w_{10}', '*w* sub:10'],
    ['\\mathrm{loss}', 'loss'],
    ['\\mathrm{w}_{\\mathrm{new}}', 'w sub:new'],
    ["x'", '*x* ′'],
    ['x_{ij}', '*x* sub:*ij*'],
    ['\\Sigma', 'Σ'],
    ['f', '*f*'],
  ])('%s is set as %s', (latex, runs) => {
    expect(written(nameRuns(latex, 'plain'))).toBe(runs);
  });

  it('falls back to the plain label', () => {
    expect(written(nameRuns('\\tfrac{1}{2}', '1/2'))).toBe('over:1 ⁄ under:2');
    expect(written(nameRuns('\\unknown', 'y'))).toBe('*y*');
    expect(written(nameRuns('', 'max'))).toBe('max');
  });
});

describe('gate texts', () => {
  it.each([
    ['eˣ', '*e* super:*x*'],
    ['×−1', '×−1'],
    ['1/x', 'over:1 ⁄ under:*x*'],
    ['×1/2', '× over:1 ⁄ under:2'],
    ['−1/2', '− over:1 ⁄ under:2'],
    ['x^2', '*x* super:2'],
    ['2^x', '2 super:*x*'],
    ['x^−1', '*x* super:−1'],
    ['log₁₀', 'log sub:10'],
    ['max', 'max'],
    ['|x|', '| *x* |'],
    ['ln(1+x)', 'ln(1+ *x* )'],
  ])('%s is set as %s', (text, runs) => {
    expect(written(gateRuns(text))).toBe(runs);
  });
});
