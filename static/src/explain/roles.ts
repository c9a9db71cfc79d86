/** Saying the role of a leaf in the program: `input x = 1`, `param w = 0.5`, `const k = 3`. Pure. */
import type { Answer, GraphNode, NodeKind } from '../api/model';
import { offsetsOf } from '../text';

export type Role = Exclude<NodeKind, 'operation'>;

export const ROLES: readonly { role: Role; title: string }[] = [
  { role: 'input', title: 'Input' },
  { role: 'parameter', title: 'Parameter' },
  { role: 'constant', title: 'Constant' },
];

const KEYWORDS: Readonly<Record<Role, string>> = { input: 'input', parameter: 'param', constant: 'const' };
/** A keyword before the statement, which begins a line or follows a semicolon; the statement's span begins after it. */
const KEYWORD_BEFORE = /(^|[\n;])([ \t]*)(?:input|param|const)[ \t]+$/;

/**
 * The program in which the leaf has the role: its keyword stands before the line that gives its value; where the
 * program writes no value, such a line is added. Null for a leaf without a name.
 */
export function withRole(source: string, answer: Answer, leaf: GraphNode, role: Role): string | null {
  if (leaf.name === null) return null;
  const keyword = KEYWORDS[role];
  const statement = answer.statements.find(({ node }) => node === leaf.id);
  if (!statement) {
    const gap = source === '' || source.endsWith('\n') ? '' : '\n';
    return `${source}${gap}${keyword} ${leaf.name} = ${String(leaf.value)}`;
  }
  const { from } = offsetsOf(source).range(statement.span);
  const before = source.slice(0, from).replace(KEYWORD_BEFORE, '$1$2');
  return `${before}${keyword} ${source.slice(from)}`;
}
