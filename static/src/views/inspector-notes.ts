/** What the reader has to know of these numbers before reading on: a number that is not finite, a kink. */
import type { App } from '../app';
import type { Subject } from '../explain/subject';
import { isUnitOff } from '../explain/tensor';
import { conventionSentence, firstNotFiniteSentence } from '../explain/words';
import { button, element } from './elements';
import { writeSentence } from './inspector-prose';

export interface Notes {
  root: HTMLElement;
  update(subject: Subject): void;
}

export function notes({ actions }: App): Notes {
  const root = element('div', 'inspector-notes');
  return {
    root,
    update(subject) {
      const messages = subject.warnings.map(({ message }) => message);
      const convention = subject.kind === 'gate' && subject.kinks.length > 0 ? subject.gate.operation?.convention : null;
      const chosen = convention ? ` ${conventionSentence(convention, subject.conventions)}` : '';
      messages.push(...subject.kinks.map(({ message }) => `${message}${chosen}`));
      const items = [...new Set(messages)].map((message) => element('p', 'inspector-warning', {}, message));
      items.push(...subject.remarks.filter((one) => !isUnitOff(one)).map(({ message }) => element('p', 'inspector-remark', {}, message)));
      const elsewhere = ownNumberIsNotFinite(subject) ? subject.firstNotFinite : null;
      if (elsewhere) {
        const sentence = element('span', '');
        writeSentence(sentence, firstNotFiniteSentence(elsewhere.node));
        const show = button('text-button', () => actions.select({ kind: 'node', id: elsewhere.id }), {}, 'Show it');
        items.push(element('p', 'inspector-warning', {}, sentence, ' ', show));
      }
      // The notes are few and change rarely; while they say the same, the elements stay (a button keeps its focus).
      const text = items.map((item) => item.textContent).join('\n');
      if (root.dataset['text'] === text) return;
      root.dataset['text'] = text;
      root.replaceChildren(...items);
      root.hidden = items.length === 0;
    },
  };
}

function ownNumberIsNotFinite(subject: Subject): boolean {
  const numbers =
    subject.kind === 'gate'
      ? [subject.gate.value, subject.gate.gradient]
      : subject.kind === 'edge'
        ? [subject.operand.node.value, subject.operand.downstream]
        : [subject.node.value, subject.node.gradient];
  return numbers.some((number) => number !== null && !Number.isFinite(number));
}
