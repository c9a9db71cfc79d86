// @vitest-environment happy-dom
import { beforeAll, describe, expect, test } from 'vitest';
import { equationNumber } from '../../static/src/format';
import { compile, join, marked, markOfColour, markParts, numberTex, plainText, raw, slot, tex } from '../../static/src/explain/tex';
import { mathReady, renderMath, renderMathParts, renderTex } from '../../static/src/math';

// KaTeX asks for standards mode when it is loaded; this document is in no mode at all.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

const fresh = (): HTMLElement => document.createElement('span');
const visible = (element: HTMLElement): string => element.querySelector('.katex-html')?.textContent ?? '';

describe('pieces of LaTeX', () => {
  test('marks keep their order when pieces are joined', () => {
    const sum = join([marked({ node: 'n1' }, 'a'), slot('2.00', 'value'), marked({ node: 'n2' }, 'b')], '+');
    expect(compile(sum)).toEqual({
      latex: '\\textcolor{#000001}{a}+\\textcolor{#000002}{0}+\\textcolor{#000003}{b}',
      plain: 'a+2.00+b',
      chains: [[{ node: 'n1' }], [{ text: '2.00', className: 'value' }], [{ node: 'n2' }]],
    });
  });

  test('a mark inside a mark knows both', () => {
    const inner = marked({ node: 'n1' }, tex`x^{${marked({ node: 'n2' }, '2')}}`);
    expect(compile(inner).chains).toEqual([[{ node: 'n1' }], [{ node: 'n1' }, { node: 'n2' }]]);
  });

  test('backslashes of a template are LaTeX', () => {
    expect(tex`\frac{${'a'}}{\beta}`.source).toBe('\\frac{a}{\\beta}');
  });

  test('LaTeX cannot smuggle marks in', () => {
    expect(raw('a\uE000b\uE002').source).toBe('ab');
  });

  test('a number with a power of ten has two slots', () => {
    const number = numberTex(equationNumber(-1.23456e-6), 'value');
    expect(compile(number).plain).toBe('-1.235\\cdot 10^{-6}');
    expect(number.marks.filter((mark) => mark.text !== undefined)).toHaveLength(2);
  });

  test('browsers print colours in two ways', () => {
    expect(markOfColour('rgb(0, 1, 2)')).toBe(257);
    expect(markOfColour('#000102')).toBe(257);
    expect(markOfColour('red')).toBeNull();
  });
});

describe('parts of a statement', () => {
  const latex = 'f = w x + b';

  test('nested parts are marked from the outside in', () => {
    const parts = [
      { node: 'w', start: 4, end: 5 },
      { node: 'sum', start: 4, end: 11 },
      { node: 'product', start: 4, end: 7 },
    ];
    const compiled = compile(markParts(latex, parts));
    expect(compiled.plain).toBe(latex);
    expect(compiled.chains.map((chain) => chain.map((mark) => mark.node))).toEqual([
      ['sum'],
      ['sum', 'product'],
      ['sum', 'product', 'w'],
    ]);
  });

  test('parts that cross or lie outside are left out', () => {
    const parts = [
      { node: 'a', start: 0, end: 5 },
      { node: 'crossing', start: 4, end: 7 },
      { node: 'outside', start: 9, end: 99 },
      { node: 'empty', start: 3, end: 3 },
    ];
    const compiled = compile(markParts(latex, parts));
    expect(compiled.plain).toBe(latex);
    expect(compiled.chains).toEqual([[{ node: 'a' }]]);
  });
});

describe('before KaTeX is there', () => {
  test('the formula reads as plain text', () => {
    expect(plainText('w_{1} \\cdot x_{1}')).toBe('w1 ·x1');
    expect(plainText('\\frac{1}{2} \\sigma\\left(x\\right)')).toBe('1/2 sigma (x)');
    const element = fresh();
    renderMath(element, 's_{1}');
    expect(element.textContent).toBe('s1');
  });
});

describe('typeset formulas', () => {
  beforeAll(() => mathReady());

  test('an element that waited is typeset', async () => {
    const element = fresh();
    renderMath(element, 'x^2');
    await mathReady();
    expect(element.querySelector('math')).not.toBeNull();
    expect(visible(element)).toBe('x2');
  });

  test('parts carry the nodes around them, and no colour is left', () => {
    const element = fresh();
    const latex = 'f = w x + b';
    renderMathParts(element, latex, [
      { node: 'sum', start: 4, end: 11 },
      { node: 'product', start: 4, end: 7 },
    ]);
    const lit = [...element.querySelectorAll('.katex-html [data-node~="product"]')];
    expect(lit.map((item) => item.textContent).join('')).toContain('wx');
    expect(element.querySelector('.katex-html [data-node~="sum"]')).not.toBeNull();
    expect(element.innerHTML).not.toContain('color');
    expect(element.querySelector('annotation')?.textContent).toBe(latex);
  });

  test('a new number touches no element', () => {
    const element = fresh();
    const equation = (text: string): void => {
      renderTex(element, tex`a = \mathbf{${slot(text, 'gradient')}}`);
    };
    equation('0.1966');
    const before = element.querySelector('.katex-html .gradient');
    expect(before?.textContent).toBe('0.1966');
    equation('−0.2000');
    expect(element.querySelector('.katex-html .gradient')).toBe(before);
    expect(before?.textContent).toBe('−0.2000');
    expect(element.querySelector('math')?.textContent).toContain('−0.2000');
    expect(element.querySelector('annotation')?.textContent).toBe('a = \\mathbf{-0.2000}');
  });

  test('two elements with one formula have their own numbers', () => {
    const [first, second] = [fresh(), fresh()];
    renderTex(first, slot('1.00'));
    renderTex(second, slot('2.00'));
    expect([visible(first), visible(second)]).toEqual(['1.00', '2.00']);
  });

  test('an element that was emptied by others is filled again', () => {
    const element = fresh();
    renderMath(element, 'y');
    element.replaceChildren();
    renderMath(element, 'y');
    expect(visible(element)).toBe('y');
  });

  test('what cannot be typeset stays as text, without markup', () => {
    const element = fresh();
    renderMath(element, '\\frac{<img src=x onerror=alert(1)>');
    expect(element.children).toHaveLength(0);
    expect(element.textContent).toContain('<img');
  });

  test('links, classes and endless macros are refused', () => {
    for (const latex of ['\\href{javascript:alert(1)}{x}', '\\htmlClass{evil}{x}', '\\def\\a{\\a\\a}\\a']) {
      const element = fresh();
      renderMath(element, latex);
      expect(element.querySelector('a, .evil')).toBeNull();
    }
  });
});
