/** Presenting: the page leaves out everything but graph, caption and transport, or the open tab (styles/bands.css does it). */
import type { App } from '../app';
import { button, isShown } from './elements';
import { focusGraph } from './graph-focus';
import { icon } from './icons';
import { zoomGraph } from './signals';

export function presentation(work: HTMLElement, { store, actions }: App): void {
  const leave = button(
    'icon-button present-leave',
    () => actions.setPresent(false),
    { 'aria-label': 'Stop presenting', title: 'Stop presenting (Esc)' },
    icon('close'),
  );
  leave.hidden = true;
  work.append(leave);

  let was = store.get().present;
  leave.hidden = !was;
  store.watch(
    (state) => state.present,
    (present) => {
      leave.hidden = !present;
      if (present === was) return;
      was = present;
      // The attribute is set by the page's first script, so the sizes are those of the new view by now.
      zoomGraph.send('fit');
      const focused = document.activeElement;
      if (!focused || focused === document.body || isShown(focused)) return;
      if (store.get().tab === 'graph') focusGraph();
      else document.getElementById('panel')?.focus();
    },
  );
}
