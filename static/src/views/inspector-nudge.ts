/** "Raising w by 0.01 changes f by about …": the gradient's promise, and beside it what really happens. */
import type { App } from '../app';
import type { LeafSubject } from '../explain/subject';
import { nudgeOf, nudgeSentence } from '../explain/words';
import { element } from './elements';
import { maybeSentence } from './inspector-prose';

/** The true change is asked for when the numbers have stood still for so long. */
const PAUSE_MS = 160;

export interface NudgeLine {
  root: HTMLElement;
  update(leaf: LeafSubject): void;
}

export function nudgeLine({ actions }: App): NudgeLine {
  const root = element('p', 'leaf-nudge');
  let timer = 0;
  let version = 0;
  return {
    root,
    update(leaf) {
      version += 1;
      window.clearTimeout(timer);
      const nudge = nudgeOf(leaf);
      maybeSentence(root, nudge && nudgeSentence(leaf, nudge));
      if (!nudge || leaf.node.name === null) return;
      const [name, asked] = [leaf.node.name, version];
      timer = window.setTimeout(() => {
        void actions.outputAt(name, leaf.node.value + nudge.step).then((output) => {
          if (output === null || asked !== version || !root.isConnected) return;
          maybeSentence(root, nudgeSentence(leaf, { ...nudge, actual: output - leaf.output.value }));
        });
      }, PAUSE_MS);
    },
  };
}
