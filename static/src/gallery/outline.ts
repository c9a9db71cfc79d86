/** A lesson's graph in short, as the answer that everything which draws graphs reads. */
import type { Answer, Lesson } from '../api/model';

export function answerOf({ output, nodes }: Lesson['graph']): Answer {
  return {
    output,
    outputs: [output],
    nodes: nodes.map((node) => ({
      ...node,
      attributes: {},
      shape: [],
      depth: 0,
      group: null,
      span: null,
      value_span: null,
    })),
    edges: nodes.flatMap((node) =>
      node.operands.map((source, operand) => {
        const local = node.local[operand] ?? null;
        const upstream = local === null ? null : node.gradient;
        const downstream = local === null || upstream === null ? null : upstream * local;
        return { source, target: node.id, operand, local, upstream, downstream };
      }),
    ),
    groups: [],
    statements: [],
    notation: 'chainrule',
    rewritten: null,
    gradients: {},
    values: {},
    defaulted: [],
    warnings: [],
    kinks: [],
    remarks: [],
    conventions: { relu_at_zero: 0, ties: 'split', abs_at_zero: 0 },
  };
}
