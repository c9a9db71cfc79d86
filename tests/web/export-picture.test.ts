/** Pictures for paper: markup without a document. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { escapeXml, letteringTag, tag } from '../../static/src/export/markup';
import { PAPER } from '../../static/src/export/paper';

describe('markup', () => {
  test('texts and attributes are escaped, what XML cannot hold is replaced', () => {
    expect(escapeXml('<a b="&">')).toBe('&lt;a b=&quot;&amp;&quot;&gt;');
    expect(escapeXml('x\u0000\u001b\ud800y')).toBe('x\uFFFD\uFFFD\uFFFDy');
    expect(escapeXml('θ₁ 😀')).toBe('θ₁ 😀');
    expect(tag('path', { d: 'M0,0"><script>', fill: null })).toBe('<path d="M0,0&quot;&gt;&lt;script&gt;"/>');
  });

  test('numbers are written to a tenth', () => {
    expect(tag('circle', { r: 1 / 3 })).toBe('<circle r="0.3"/>');
  });

  test('digits of an index have signs of their own, other indices are set smaller and lower', () => {
    const runs = [{ text: 'w', font: 'math', level: 'base' }, { text: '12', font: 'main', level: 'sub' }] as const;
    expect(letteringTag({}, { runs, size: 10 })).toContain('>₁₂<');
    const word = [{ text: 'w', font: 'math', level: 'base' }, { text: 'in', font: 'main', level: 'sub' }] as const;
    expect(letteringTag({}, { runs: word, size: 10 })).toMatch(/dy="2" font-size="7"[^>]*>in</);
  });
});

test('the colours are those of the light page', () => {
  const root = readFileSync('static/styles/tokens.css', 'utf8').split('}')[0] ?? '';
  const names: Record<keyof typeof PAPER, string> = {
    canvas: 'canvas', surface: 'surface', lineStrong: 'line-strong', edge: 'edge', ink: 'ink', ink2: 'ink-2', ink3: 'ink-3',
    value: 'value', gradient: 'gradient', warn: 'warn', parameter: 'parameter',
    sunken: 'sunken', heatPlus: 'heat-plus', heatZero: 'heat-zero', heatMinus: 'heat-minus',
  };
  for (const [key, name] of Object.entries(names)) expect(root).toContain(`--${name}: ${PAPER[key as keyof typeof PAPER]};`);
});
