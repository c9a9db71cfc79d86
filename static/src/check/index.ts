/** The place of the check of a number and of a worked example; what fills it is loaded when it is first opened. */
import type { App } from '../app';
import { inspectorSheet } from '../views/inspector-sheet';

export function checkPanel(root: HTMLElement, app: App): void {
  let isMade = false;
  let atStart = true;
  app.store.watch(
    (state) => state.check !== null || state.worked !== null,
    (open) => {
      if (!open || isMade) return;
      isMade = true;
      // Whoever comes by a link reads; whoever opens it types, and goes back to where that was.
      const cameFrom = atStart ? null : (document.activeElement as HTMLElement | null);
      inspectorSheet(root, app);
      // What an example prints, and its learning rate, are part of the first question.
      const lessons = app.store.get().example === null ? [] : app.lessons().catch(() => []);
      void Promise.all([import('./panel'), lessons])
        .then(([{ panel }, known]) => panel(root, app, known, cameFrom))
        .catch(() => {
          // Tried again the next time it is opened.
          isMade = false;
          app.actions.setCheck(null);
          app.actions.setWorked(null);
        });
    },
  );
  atStart = false;
}
