import { expect, test } from 'vitest';
import type { Answer, GraphNode } from '../../static/src/api/model';
import { withRole } from '../../static/src/explain/roles';

const leaf = (name: string | null, value = 2): GraphNode => ({ id: 'n0', name, value }) as unknown as GraphNode;

/** An answer that has one statement for the leaf: this stretch of the source, in code points. */
function answerWith(source: string, text: string | null): Answer {
  if (text === null) return { statements: [] } as unknown as Answer;
  const start = [...source.slice(0, source.indexOf(text))].length;
  const span = { start, end: start + [...text].length, line: 1, column: 1 };
  return { statements: [{ latex: '', node: 'n0', span, parts: [] }] } as unknown as Answer;
}

test.each([
  ['f = w*x; w = 2', 'w = 2', 'input', 'f = w*x; input w = 2'],
  ['f = w*x\ninput w = 2', 'w = 2', 'constant', 'f = w*x\nconst w = 2'],
  ['param   w = 2; f = w', 'w = 2', 'input', 'input w = 2; f = w'],
  ['a = 1;  const w = 2; f = w', 'w = 2', 'parameter', 'a = 1;  param w = 2; f = w'],
  ['f = w; w = 2', 'w = 2', 'input', 'f = w; input w = 2'],
  ['f = w', null, 'parameter', 'f = w\nparam w = 2'],
  ['f = w\n', null, 'input', 'f = w\ninput w = 2'],
] as const)('%j, %j as %s', (source, statement, role, expected) => {
  expect(withRole(source, answerWith(source, statement), leaf('w'), role)).toBe(expected);
});

test('places are counted in code points', () => {
  const source = '# 𝒲𝒲\nw = 2; f = w';
  expect(withRole(source, answerWith(source, 'w = 2'), leaf('w'), 'input')).toBe('# 𝒲𝒲\ninput w = 2; f = w');
});

test('a name that begins like a keyword is no keyword', () => {
  const source = 'inputs = 2; f = inputs';
  expect(withRole(source, answerWith(source, 'inputs = 2'), leaf('inputs'), 'parameter')).toBe('param inputs = 2; f = inputs');
  const own = 'const = 2; f = const';
  expect(withRole(own, answerWith(own, 'const = 2'), leaf('const'), 'input')).toBe('input const = 2; f = const');
});

test('a literal has no role to choose', () => {
  expect(withRole('f = 2', answerWith('f = 2', null), leaf(null), 'input')).toBeNull();
});
