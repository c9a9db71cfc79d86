// Leaves out of KaTeX the measures of fonts that our formulas never use: 6 kB after gzip of tables of numbers.
// Formulas are written by the server alone (app/language/latex*.py, app/operations); a command that would need one of
// these fonts fails as any unknown one does, and tests/web/katex-fonts.test.ts knows of none.
import { readFileSync } from 'node:fs';

export const UNUSED_FONTS = [
  'AMS-Regular',
  'Caligraphic-Regular',
  'Fraktur-Regular',
  'Main-BoldItalic',
  'SansSerif-Bold',
  'SansSerif-Italic',
  'SansSerif-Regular',
  'Script-Regular',
  'Typewriter-Regular',
];

/** KaTeX's own module without these tables; an Error where its source is written another way than we know it. */
export function withoutFonts(source, fonts = UNUSED_FONTS) {
  return fonts.reduce((text, font) => {
    const table = new RegExp(`\\n  "${font}": \\{\\n[^}]*\\n  \\},?`);
    if (!table.test(text)) throw new Error(`KaTeX has no table ${font} where it was.`);
    return text.replace(table, '');
  }, source);
}

// Commands of our formulas that KaTeX defines as macros; all others that nothing in KaTeX itself mentions are left out.
const OUR_COMMANDS = new Set(['\\ne', '\\le', '\\ge', '\\boldsymbol', '\\to', '\\quad', '\\,', '\\:', '\\;', '\\!']);
const SYMBOL = /^defineSymbol\(\w+, ams, .*\);.*\n/gm;
const MACRO = /^defineMacro\("([^"]+)", "[^\n]*"\);.*\n/gm;

/** KaTeX's own module without the symbols of the AMS fonts, and without macros that nobody uses: 4 kB after gzip. */
export function withoutSymbols(source) {
  const text = source.replace(SYMBOL, '');
  return text.replace(MACRO, (line, escaped) => {
    const name = escaped.replaceAll('\\\\', '\\');
    // Its own definition is the first mention; a longer name that begins so is another one.
    const mentions = text.split(escaped).slice(1).filter((after) => !/^[a-zA-Z@]/.test(after));
    return mentions.length > 1 || OUR_COMMANDS.has(name) ? line : '';
  });
}

/** Builds with KaTeX as both give it. */
export const katexFonts = {
  name: 'katex-fonts',
  setup(build) {
    build.onLoad({ filter: /katex[\\/]dist[\\/]katex\.mjs$/ }, ({ path }) => ({
      contents: withoutSymbols(withoutFonts(readFileSync(path, 'utf8'))),
      loader: 'js',
    }));
  },
};
