/** The button at the foot of the inspector that checks a number of the reader's own for what is selected. */
import type { GraphNode } from '../api/model';
import type { App } from '../app';
import type { Subject } from '../explain/subject';
import { button, element } from './elements';
import { icon } from './icons';

export interface CheckButton {
  root: HTMLElement;
  update(subject: Subject): void;
}

export function checkButton({ actions }: App): CheckButton {
  let label: string | null = null;
  const control = button(
    'button inspector-check-button',
    () => {
      if (label !== null) actions.setCheck({ leaf: label, text: '' });
    },
    {},
    icon('check'),
    'Check a number',
  );
  const root = element('div', 'inspector-check', {}, control);
  return {
    root,
    update(subject) {
      label = labelOf(subject);
      root.hidden = label === null;
    },
  };
}

/** What the API knows it by; nothing is differentiated by a constant. */
function labelOf(subject: Subject): string | null {
  switch (subject.kind) {
    case 'leaf':
    case 'output':
      return nameOf(subject.node);
    case 'gate':
      return nameOf(subject.gate.node);
    case 'edge':
      return null;
  }
}

/** Of a tensor its first entry, since it is one number that is typed first. */
function nameOf({ gradient, label, shape }: GraphNode): string | null {
  if (gradient === null) return null;
  return shape.length > 0 ? `${label}[${shape.map(() => '0').join(', ')}]` : label;
}
