import { readdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a module of the build, which is plain JavaScript
import { UNUSED_FONTS, withoutFonts, withoutSymbols } from '../../tools/katex_fonts.mjs';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = readFileSync(join(dirname(createRequire(import.meta.url).resolve('katex')), 'katex.mjs'), 'utf8');
const FONT_COMMANDS = /\\(mathbb|mathcal|mathfrak|mathscr|mathsf|mathtt|textsf|texttt|textit|bm|Bbb|frak|pmb|hbar)\b/;

interface Katex {
  renderToString(latex: string, options: object): string;
}

describe('KaTeX without the fonts that we do not use', () => {
  const folder = mkdtempSync(join(tmpdir(), 'katex-'));
  let katex: Katex;

  beforeAll(async () => {
    const file = join(folder, 'katex.mjs');
    const [fonts, symbols] = [withoutFonts, withoutSymbols] as ((source: string) => string)[];
    writeFileSync(file, symbols?.(fonts?.(SOURCE) ?? '') ?? '');
    katex = ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: Katex }).default;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a tenth smaller and typesets what our formulas are made of', () => {
    for (const latex of [
      String.raw`\frac{\partial f}{\partial w_{1}} = \underbrace{0.1966}_{\text{upstream}} \times \left(-2.00\right) \approx \mathbf{-0.3932}`,
      String.raw`\left\lfloor x\right\rfloor \cdot \left\lceil y'\right\rceil \le \sqrt{x^{2} + y^{2}} \ne \tfrac{1}{2} \ge \infty \to 0`,
      String.raw`\operatorname{hardsigmoid}\left(\theta_{1}\right) + \boldsymbol{w_{1}} + \mathrm{loss} - \log_{2}\left|x\right|`,
      String.raw`\begin{cases} x & x > 0 \\ \alpha e^{x} & \text{otherwise} \end{cases} \quad \dfrac{\displaystyle\sum_{i} x_i}{\Omega}`,
      String.raw`\tanh \sinh \cosh \arctan \arcsin \arccos \exp \ln \max \min \Gamma \epsilon \varphi \xi \psi`,
      String.raw`\begin{aligned} a &= b \\ &= \textcolor{#000001}{c} \end{aligned}`,
    ]) {
      expect(katex.renderToString(latex, { throwOnError: true, strict: 'error' })).toContain('katex-html');
    }
  });

  it('leaves nothing out that the sources of formulas name', () => {
    const macros = (source: string): string[] => [...source.matchAll(/^defineMacro\("\\\\([a-zA-Z]+)"/gm)].map(([, name]) => `\\${name ?? ''}`);
    const kept = new Set(macros((withoutSymbols as (source: string) => string)(SOURCE)));
    const leftOut = new Set(macros(SOURCE).filter((name) => !kept.has(name)));
    expect(leftOut.size).toBeGreaterThan(100);
    for (const place of ['app/operations', 'app/language', 'app/export', 'app/explain', 'static/src/explain', 'static/src/views']) {
      for (const file of readdirSync(join(ROOT, place))) {
        // Those that read LaTeX name what others write; it is never typeset as it came.
        if (!/\.(py|ts)$/.test(file) || file.startsWith('latex_')) continue;
        const found = FONT_COMMANDS.exec(readFileSync(join(ROOT, place, file), 'utf8'));
        expect(found?.[0], `${place}/${file}`).toBeUndefined();
        const commands = readFileSync(join(ROOT, place, file), 'utf8').match(/\\[a-zA-Z]{2,}/g) ?? [];
        expect(commands.filter((command) => leftOut.has(command)), `${place}/${file}`).toEqual([]);
      }
    }
  });

  it('says so when KaTeX is written another way', () => {
    expect(UNUSED_FONTS).toContain('AMS-Regular');
    expect(() => (withoutFonts as (source: string) => string)('var fontMetricsData = {};')).toThrow('AMS-Regular');
  });
});
