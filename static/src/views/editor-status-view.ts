/** Draws the status at the right end of the program field. */
import type { Status } from './editor-status';
import { warningCount } from './editor-status';
import { button, element } from './elements';
import { statusIcon, type StatusIcon } from './status-icons';

const ICONS: Readonly<Record<Status['kind'], StatusIcon | null>> = {
  right: 'check',
  // Keeps its place unseen, so that the words do not jump.
  unsure: 'check',
  problems: 'problem',
  loading: null,
  away: 'warning',
  empty: null,
};

export interface StatusView {
  readonly root: HTMLElement;
  show(status: Status): void;
}

/** `onProblems` and `onWarnings` are sent when the reader wants to know more. */
export function statusView(onProblems: () => void, onWarnings: () => void): StatusView {
  const root = element('div', 'program-status');
  let before = '';
  return {
    root,
    show(status) {
      const key = [status.kind, status.text, status.warnings.length].join('|');
      if (key === before) return;
      before = key;
      const sign = ICONS[status.kind];
      const children = [sign && statusIcon(sign), element('span', '', {}, status.text)];
      const isProblem = status.kind === 'problems';
      const main = isProblem
        ? button('status-text', onProblems, { title: 'Go to the first problem (F8)' }, ...children)
        : element('span', 'status-text', {}, ...children);
      root.dataset['kind'] = status.kind;
      root.replaceChildren(...(status.text === '' ? [] : [main]));
      if (status.warnings.length > 0) {
        root.prepend(button('status-warnings', onWarnings, {}, statusIcon('warning'), warningCount(status.warnings.length)));
      }
    },
  };
}
