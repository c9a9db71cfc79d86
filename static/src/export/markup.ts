/** SVG as text, for pictures that are made without a document. Every text and attribute is escaped. */
import type { Lettering } from '../graph/anatomy';
import { round } from '../graph/geometry';
import { LEVEL_SHIFT, LEVEL_SIZE, type Run } from '../graph/math-text';
import { MAIN_FONT, MATH_FONT } from './paper';

export type Attributes = Readonly<Record<string, string | number | null>>;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML 1.0 has no place for these, not even as entities. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** An element; children are markup. Numbers are written to a tenth, attributes that are null are left out. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? String(round(value)) : escapeXml(value ?? '')}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export function textTag(attributes: Attributes, text: string): string {
  return tag('text', attributes, escapeXml(text));
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Digits below or above the line have signs of their own, which survive copying; other scripts are set smaller. */
function unicodeScript({ text, level, font }: Run): Run {
  if (!/^\d+$/.test(text) || (level !== 'sub' && level !== 'super')) return { text, level, font };
  const signs = level === 'sub' ? SUBSCRIPTS : SUPERSCRIPTS;
  return { text: [...text].map((digit) => signs[Number(digit)] ?? digit).join(''), level: 'base', font };
}

/** Letters of a formula around their anchor: variables italic, scripts raised or lowered. */
export function letteringTag(attributes: Attributes, { runs, size }: Pick<Lettering, 'runs' | 'size'>): string {
  let lowered = 0;
  const spans = runs.map(unicodeScript).map(({ text, font, level }) => {
    const shift = LEVEL_SHIFT[level] * size;
    const dy = shift - lowered;
    lowered = shift;
    const isMath = font === 'math' || font === 'boldmath';
    const scale = LEVEL_SIZE[level];
    return tag(
      'tspan',
      {
        dy: dy === 0 ? null : dy,
        'font-size': scale === 1 ? null : scale * size,
        'font-family': isMath ? MATH_FONT : MAIN_FONT,
        'font-style': isMath ? 'italic' : null,
        'font-weight': font.startsWith('bold') ? 700 : null,
      },
      escapeXml(text),
    );
  });
  return tag('text', { ...attributes, 'font-size': size }, ...spans);
}
