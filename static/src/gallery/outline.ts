/** A lesson's graph in short, as the answer that everything which draws graphs reads. */
import type { Answer, GraphNode, Lesson, Tensor } from '../api/model';

export function answerOf({ output, nodes }: Lesson['graph']): Answer {
  return {
    output,
    outputs: [output],
    nodes: nodes.map((node): GraphNode => ({
      ...node,
      ...(node.shape.length > 0 && { tensor: { value: bare(node.shape), gradient: null } }),
      value: node.value ?? NaN,
      attributes: {},
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

/** A tensor whose entries are not told. */
function bare(shape: readonly number[]): Tensor {
  return { shape, entries: null, summary: null };
}
