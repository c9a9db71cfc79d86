/** "f is 0.73." once an edit has ended: after a pause in typing, after a drag, never during one. */
import type { Answer, GraphNode } from '../api/model';
import type { App } from '../app';
import { tensorWords } from '../explain/tensor-words';
import { graphNumber } from '../format';
import { liveRegion, say } from './live';

const PAUSE_MS = 600;

export function spokenResult({ store }: App): void {
  liveRegion();
  let timer = 0;
  let told = store.get().answer;

  store.watch(
    (state) => (state.drag ? null : state.answer),
    (answer) => {
      window.clearTimeout(timer);
      if (!answer || answer === told) return;
      if (!told) {
        // What the page opens with is read on the graph.
        told = answer;
        return;
      }
      timer = window.setTimeout(() => {
        const before = told;
        told = answer;
        if (before && sameNumbers(before, answer)) return;
        say(resultSentence(answer, store.get().view.decimals));
      }, PAUSE_MS);
    },
  );
}

export function resultSentence({ nodes, output }: Answer, decimals: number): string {
  const node = nodes.find(({ id }) => id === output);
  if (!node) return '';
  const number = (value: number): string => graphNumber(value, decimals);
  return `${node.label} is ${node.tensor ? tensorWords(node.tensor.value, number) : number(node.value)}.`;
}

/** Another convention leaves the values alone; what it changes is told where it is chosen. */
function sameNumbers(one: Answer, other: Answer): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, at) => node.label === other.nodes[at]?.label && sameValue(node, other.nodes[at]))
  );
}

function sameValue(one: GraphNode, other: GraphNode | undefined): boolean {
  return Object.is(one.value, other?.value) && one.tensor?.value.entries?.join() === other?.tensor?.value.entries?.join();
}
