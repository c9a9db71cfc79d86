// Draws the page's first pictures with the page's own views, in Node on a simulated document, and writes them to
// static/dist/start: one JSON file of markup per lesson, and start.css with what the page's policy refuses to have inline.
// The same for the cheat sheet: operations.json, and formulas.css.
// Reads {operations: {operations}, starts: [{slug, program, answer}], sheet} from standard input.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { Window } from 'happy-dom';
import { startConstants } from './start-program.mjs';

const OUT = 'static/dist';
const { operations: { operations }, starts, sheet } = JSON.parse(readFileSync(0, 'utf8'));

const sizes = JSON.parse(readFileSync('tools/formula-sizes.json', 'utf8'));

const window = new Window({ url: 'http://localhost/' });
const { document } = window;
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
Object.defineProperty(document, 'fonts', { value: { load: async () => [], addEventListener() {} } });
// The simulated document knows no sizes; those that the page would measure are in its tables.
const NAMES = [
  'document', 'Element', 'HTMLElement', 'HTMLButtonElement', 'HTMLInputElement', 'SVGElement', 'Node', 'MouseEvent',
  'CustomEvent', 'matchMedia', 'localStorage', 'DOMRect', 'ResizeObserver',
];
for (const name of NAMES) {
  globalThis[name] = name === 'matchMedia' ? window[name].bind(window) : window[name];
}
// Newer versions of Node have one that cannot be assigned to.
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
globalThis.window = window;
window.requestAnimationFrame = () => 0;
globalThis.getComputedStyle = (element) => window.getComputedStyle(element);
globalThis.requestAnimationFrame = () => 0;
globalThis.cancelAnimationFrame = () => undefined;

const folder = mkdtempSync(resolve('node_modules', '.prerender-'));
try {
  await esbuild.build({
    bundle: true,
    define: startConstants,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: folder,
    entryPoints: { start: 'static/src/prerender.ts', sheet: 'static/src/cheatsheet/draw.ts' },
    outExtension: { '.js': '.mjs' },
    external: ['katex'],
    // The rich editor replaces the plain field once the page is alive; without it the field stays plain.
    plugins: [{
      name: 'plain-field',
      setup: (build) => build.onResolve({ filter: /editor-codemirror$/ }, () => ({ path: 'no-rich-editor', external: true })),
    }],
    logLevel: 'warning',
  });
  const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  await writeStarts((await load('start')).prerender);
  await writeSheet((await load('sheet')).drawSheet);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

async function writeStarts(prerender) {
  const classes = new Map();
  const rules = [];
  rmSync(join(OUT, 'start'), { recursive: true, force: true });
  mkdirSync(join(OUT, 'start'), { recursive: true });
  for (const start of starts) {
    const { regions, width, height, least, answer } = await prerender(start, operations, sizes);
    const markup = Object.fromEntries(Object.entries(regions).map(([id, html]) => [id, withoutInlineStyles(html, classes)]));
    writeFileSync(join(OUT, 'start', `${start.slug}.json`), JSON.stringify(answer === null ? markup : { ...markup, answer }));
    const scale = least === 0.8125 ? '' : `;--least:${least}`;
    rules.push(`.start-${start.slug}{--width:${+width.toFixed(3)}px;--height:${+height.toFixed(3)}px${scale}}`);
    // What is both too wide and too tall for the stage shows its upper left end (fitView, least scale and insets).
    const [wide, tall] = [Math.round(least * width + 68), Math.round(least * height + 140)];
    // On a narrow stage a little smaller, where that shows the whole width (LEAST_NARROW_FIT and the narrow insets there).
    if (0.75 * width < 572) {
      rules.push(
        `@container start (${(0.75 * width + 28).toFixed(3)}px <= width < 600px){.start-${start.slug} .start-graph` +
          `{min-width:min(${(least * width).toFixed(3)}px,100cqw - 28px);min-height:${(0.75 * height).toFixed(3)}px}}`,
      );
    }
    rules.push(`@container start (width < ${wide}px) and (height < ${tall}px){.start-${start.slug} .start-place{align-items:start}}`);
  }
  writeStyles('start', [readFileSync('static/styles/start.css', 'utf8'), ...rules, ...rulesOf(classes)]);
  console.log(`front end: ${starts.length} start pictures`);
}

async function writeSheet(drawSheet) {
  const classes = new Map();
  const drawn = await drawSheet(sheet);
  const written = JSON.stringify(drawn, (_, value) => (typeof value === 'string' ? withoutInlineStyles(value, classes) : value));
  writeFileSync(join(OUT, 'operations.json'), written);
  writeStyles('formulas', rulesOf(classes));
  console.log(`front end: ${Object.keys(drawn.rows).length} operations of the cheat sheet`);
}

/** Stronger than any rule of the page, as the style attributes would be. */
function rulesOf(classes) {
  return [...classes].map(([style, name]) => `.${name}.${name}.${name}{${style}}`);
}

/** Writes a style sheet under a name that changes with its content, and that name into the manifest. */
function writeStyles(key, rules) {
  const css = `${rules.join('\n')}\n`;
  const name = `${key}-${createHash('sha256').update(css).digest('hex').slice(0, 8).toUpperCase()}.css`;
  writeFileSync(join(OUT, name), css);
  const manifest = JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8'));
  writeFileSync(join(OUT, 'manifest.json'), JSON.stringify({ ...manifest, [`${key}.css`]: name }));
}

/** Style attributes, which the policy of the page refuses, turned into classes. */
function withoutInlineStyles(html, classes) {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  for (const element of holder.querySelectorAll('[style]')) {
    const style = element.getAttribute('style').trim();
    if (!classes.has(style)) classes.set(style, `s-${classes.size}`);
    element.classList.add(classes.get(style));
    element.removeAttribute('style');
  }
  return holder.innerHTML;
}
