/** One line on a small step of a leaf: what it would change, and what the gradient predicts. The reader types the step. */
import type { Curve, GraphNode } from '../api/model';
import { signed } from '../explain/nudge';
import { graphNumber } from '../format';
import { stepFor } from '../graph/steps';
import { element } from './elements';
import { stepField } from './step-field';

const DECIMALS = 4;

export interface WhatIf {
  root: HTMLElement;
  /** The step for this leaf: the reader's, as long as the leaf stays the same. */
  stepOf(node: GraphNode): number;
  /** Shows the line; a curve over one step to both sides, or null while there is none for this moment. */
  update(curve: Curve | null): void;
}

export function whatIf(changed: () => void): WhatIf {
  let id: string | null = null;
  let step = 0;
  const field = stepField('Step to try', (typed) => {
    step = typed;
    changed();
  });
  const change = element('b', 'what-if-true');
  const predicted = element('b', 'what-if-predicted');
  const root = element('span', 'what-if', {}, field.root, ' gives ', change, ', predicted ', predicted);

  return {
    root,
    stepOf(node) {
      if (node.id !== id) {
        id = node.id;
        step = stepFor(node.value, 'fine');
      }
      field.show(step);
      return step;
    },
    update(curve) {
      const end = curve && (step > 0 ? curve.points.at(-1) : curve.points[0]);
      root.classList.toggle('stale', !end);
      if (!curve || !end) return;
      change.textContent = signed(end.value - curve.value, DECIMALS);
      predicted.textContent = signed(curve.slope * step, DECIMALS);
      root.title = `Raising ${curve.label} by ${graphNumber(step, 2)} changes the output by about ${predicted.textContent}.`;
    },
  };
}
