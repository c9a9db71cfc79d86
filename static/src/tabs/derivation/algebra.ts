/** Steps of algebra: the gradient as a shorter and shorter formula, each line with its numbers and what was done. */
import type { ChainBlock } from '../../api/model';
import { element } from '../../views/elements';
import { large, tidy, withSlots } from './tex';
import { wide } from './wide';
import type { Writer } from './written';

export function algebraLines(block: ChainBlock, writer: Writer): HTMLElement {
  const grid = element('div', 'algebra');
  block.lines.forEach((line, index) => {
    const sign = line.relation === '=' ? '=' : '\\approx';
    grid.append(
      index === 0 ? writer.math('chain-head', large(block.head)) : element('span', 'chain-gap', { 'aria-hidden': 'true' }),
      writer.math('algebra-symbols', `= ${tidy(line.symbols)}`),
      writer.math('algebra-numbers', withSlots(`= ${line.numbers} ${sign} ${line.value.latex}`)),
      element('span', 'algebra-why', {}, line.why),
    );
  });
  return element('div', 'chain-algebra', {}, element('p', 'chain-sentence', {}, 'Put in and simplified:'), wide(grid));
}
