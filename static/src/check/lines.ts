/** The numbers that a source prints, as lines that can be checked. Pure. */
import type { Lesson } from '../api/model';

/** One line for each printed number, and the learning rate where there are numbers after a step. */
export function linesOf({ printed, graph, step }: Pick<Lesson, 'printed' | 'graph' | 'step'>): string {
  const output = graph.nodes.find(({ id }) => id === graph.output)?.label ?? 'f';
  const lines = printed.map(({ name, quantity, printed: digits }) => {
    const left = quantity === 'value' ? name : quantity === 'gradient' ? `d${output}/d${name}` : `new ${name}`;
    return `${left} = ${digits}`;
  });
  return (step ? [...lines, `eta = ${String(step.learning_rate)}`] : lines).join('\n');
}

/** Who prints them, at the beginning of a sentence. */
export function sourceName({ section }: Pick<Lesson, 'section'>): string {
  return section === 'From the lecture' ? 'The lecture' : 'The source';
}
