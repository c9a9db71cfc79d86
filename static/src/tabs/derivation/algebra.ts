/** Steps of algebra: the gradient as a shorter and shorter formula, each line with its numbers and what was done. */
import type { ChainBlock } from '../../api/model';
import { element } from '../../views/elements';
import { large, withSlots } from './tex';
import { wide } from './wide';
import type { Writer } from './written';

const why = (line: ChainBlock['lines'][number]): HTMLElement => element('span', 'algebra-why', {}, line.why);

export function algebraLines(block: ChainBlock, writer: Writer): HTMLElement {
  const isMatrices = block.lines.some(({ numbers }) => numbers.includes('\\begin{'));
  const grid = element('div', `algebra${isMatrices ? ' of-matrices' : ''}`);
  block.lines.forEach((line, index) => {
    const sign = line.relation === '=' ? '=' : '\\approx';
    const numbers = writer.math('algebra-numbers', withSlots(`= ${line.numbers} ${sign} ${line.value.latex}`));
    grid.append(
      index === 0 ? writer.math('chain-head', large(block.head)) : element('span', 'chain-gap', { 'aria-hidden': 'true' }),
      writer.math('algebra-symbols', `= ${large(line.symbols)}`),
      ...(isMatrices ? [why(line), wide(numbers)] : [numbers, why(line)]),
    );
  });
  return element('div', 'chain-algebra', {}, element('p', 'chain-sentence', {}, 'In symbols:'), isMatrices ? grid : wide(grid));
}
