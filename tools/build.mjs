// Bundles the page with esbuild into static/dist, names files by content, writes manifest.json, and holds the size budget.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { katexFonts } from './katex_fonts.mjs';
import { startConstants } from './start-program.mjs';

const OUT = 'static/dist';
// kB after gzip: what the first view needs, and everything together (fonts and maps apart).
const FIRST_LOAD_KB = 75;
const ALL_SCRIPTS_KB = 420;

rmSync(OUT, { recursive: true, force: true });

const common = {
  bundle: true,
  define: startConstants,
  minify: true,
  sourcemap: true,
  target: ['chrome110', 'firefox115', 'safari16.4'],
  format: 'esm',
  outdir: OUT,
  metafile: true,
  logLevel: 'warning',
  loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty' },
  entryNames: '[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  assetNames: 'fonts/[name]-[hash]',
  legalComments: 'linked',
  plugins: [katexFonts],
  alias: { 'd3-color': './static/src/graph/no-colours.ts' },
};

// Runs before the first paint, so it is a plain script that needs nothing else.
const theme = await esbuild.build({ ...common, format: 'iife', entryPoints: { theme: 'static/src/theme.ts' } });
// The cheat sheet is a page of its own: what it shares with the other one is too little for one more request.
const sheet = await esbuild.build({ ...common, format: 'iife', entryPoints: { cheatsheet: 'static/src/cheatsheet/page.ts' } });
// Pictures without a page: run by Python, never by a browser (app/export/engine.py), so it is no part of the budget.
const picture = await esbuild.build({
  ...common, format: 'iife', target: 'es2022', sourcemap: false, entryPoints: { picture: 'static/src/export/entry.ts' },
});
const MAIN = 'static/src/main.ts';
const WORKER = 'static/src/layout/worker.ts';
// The layout worker is a module worker built with the page, so that both load one copy of the layout engine.
const scripts = { entryPoints: { main: MAIN, 'layout-worker': WORKER }, splitting: true };
const page = await esbuild.build({
  ...common,
  entryPoints: {
    ...scripts.entryPoints,
    styles: 'static/styles/main.css',
    docs: 'static/styles/docs.css',
    cheatsheet: 'static/styles/cheatsheet.css',
    noscript: 'static/styles/noscript.css',
  },
  splitting: true,
  plugins: [katexFonts, await firstLoadTogether()],
});

/**
 * What is loaded first stays together: esbuild makes a file for every set of lazy parts that share something, and many
 * small files compress worse than one. So every lazy part is made to need all of the first load, which is there anyway.
 */
async function firstLoadTogether() {
  const { metafile } = await esbuild.build({ ...common, ...scripts, minify: false, sourcemap: false, write: false });
  const inputsOf = (entry) =>
    staticClosure(metafile, outputOf(metafile, entry)).flatMap((file) => Object.keys(metafile.outputs[file].inputs));
  const inWorker = new Set(inputsOf(WORKER));
  const first = inputsOf(MAIN).filter((file) => file.startsWith('static/src/') && file !== MAIN);
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const lazy = new Set(imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path));
  return {
    name: 'first-load-together',
    setup(build) {
      build.onResolve({ filter: /^first-load$/ }, () => ({ path: 'first-load', namespace: 'first-load' }));
      build.onLoad({ filter: /.*/, namespace: 'first-load' }, () => ({
        contents: first.map((file) => `import ${JSON.stringify(resolve(file))};`).join('\n'),
        resolveDir: process.cwd(),
      }));
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(process.cwd(), path);
        if (!lazy.has(file) || inWorker.has(file)) return undefined;
        return { contents: `${readFileSync(path, 'utf8')}\nimport 'first-load';`, loader: 'ts' };
      });
    },
  };
}

function outputOf(metafile, entry) {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entry);
  if (!found) throw new Error(`no output for ${entry}`);
  return found[0];
}

const gzipKb = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

/** Scripts that a file loads before it runs: static imports, followed through. */
function staticClosure(metafile, start) {
  const seen = new Set();
  const queue = [start];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const item of metafile.outputs[file].imports) {
      if (item.kind === 'import-statement' && !item.external) queue.push(item.path);
    }
  }
  return [...seen];
}

const main = outputOf(page.metafile, MAIN);
const styles = outputOf(page.metafile, 'static/styles/main.css');
const first = staticClosure(page.metafile, main);
const themeFile = outputOf(theme.metafile, 'static/src/theme.ts');
const workerFile = basename(outputOf(page.metafile, WORKER));
const scriptFiles = [page, theme, sheet].flatMap((built) => Object.keys(built.metafile.outputs)).filter((file) => file.endsWith('.js'));
const firstKb = [...first, themeFile].reduce((sum, file) => sum + gzipKb(file), 0);
const allKb = scriptFiles.reduce((sum, file) => sum + gzipKb(file), 0);

const preload = first.filter((file) => file !== main);
// What the graph that the page opens with needs beside that: its sigmoid stands open.
const groups = ['static/src/graph/open-groups.ts', 'static/src/layout/index.ts']
  .flatMap((entry) => staticClosure(page.metafile, outputOf(page.metafile, entry)))
  .filter((file, at, all) => !first.includes(file) && all.indexOf(file) === at);
writeFileSync(
  `${OUT}/manifest.json`,
  JSON.stringify({
    'main.js': main.slice(OUT.length + 1),
    'main.css': styles.slice(OUT.length + 1),
    'docs.css': outputOf(page.metafile, 'static/styles/docs.css').slice(OUT.length + 1),
    'cheatsheet.css': outputOf(page.metafile, 'static/styles/cheatsheet.css').slice(OUT.length + 1),
    'cheatsheet.js': basename(outputOf(sheet.metafile, 'static/src/cheatsheet/page.ts')),
    'picture.js': basename(outputOf(picture.metafile, 'static/src/export/entry.ts')),
    'noscript.css': outputOf(page.metafile, 'static/styles/noscript.css').slice(OUT.length + 1),
    'layout-worker.js': workerFile,
    'theme.js': basename(themeFile),
    groups: groups.map((file) => file.slice(OUT.length + 1)),
    preload: preload.map((file) => file.slice(OUT.length + 1)),
    fonts: Object.keys(page.metafile.outputs)
      .filter((file) => /(inter-latin-wght-normal|KaTeX_Math-Italic|KaTeX_Main-Regular|jetbrains-mono-latin-wght-normal)-\w+\.woff2$/.test(file))
      .map((file) => file.slice(OUT.length + 1)),
  }),
);

console.log(
  `front end: first load ${firstKb.toFixed(1)} of ${FIRST_LOAD_KB} kB gz, all scripts ${allKb.toFixed(1)} of ${ALL_SCRIPTS_KB} kB gz, styles ${gzipKb(styles).toFixed(1)} kB gz`,
);
if (firstKb > FIRST_LOAD_KB || allKb > ALL_SCRIPTS_KB) {
  for (const file of scriptFiles) console.error(`  ${gzipKb(file).toFixed(1).padStart(7)} kB gz  ${file}`);
  console.error('front end: over the size budget');
  process.exit(1);
}
