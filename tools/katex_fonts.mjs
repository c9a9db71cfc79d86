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

/** Builds with KaTeX as `withoutFonts` gives it. */
export const katexFonts = {
  name: 'katex-fonts',
  setup(build) {
    build.onLoad({ filter: /katex[\\/]dist[\\/]katex\.mjs$/ }, ({ path }) => ({
      contents: withoutFonts(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
