/** The stage of an empty program: one sentence and three examples to start from. */
import type { App } from '../app';
import { button, element } from '../views/elements';

const CHIPS = 3;

export function emptyStage(stage: HTMLElement, app: App): void {
  const chips = element('div', 'empty-chips');
  const root = element(
    'div',
    'empty-stage',
    {},
    element('p', '', {}, 'Type an expression, for example ', element('code', '', {}, '(x + y) * z'), '.'),
    chips,
  );
  root.hidden = true;
  stage.append(root);

  async function fill(): Promise<void> {
    const lessons = await app.lessons();
    chips.replaceChildren(
      ...lessons.slice(0, CHIPS).map((lesson) => button('chip', () => app.actions.openExample(lesson), {}, lesson.title)),
    );
  }

  app.store.watch(
    (state) => state.answer === null && state.program.trim() === '',
    (empty) => {
      root.hidden = !empty;
      // Without the server there are no examples to offer; the sentence stands alone.
      if (empty && chips.childElementCount === 0) fill().catch(() => undefined);
    },
  );
}
