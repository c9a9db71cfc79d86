/** The button of the gallery, and the panel under it, which is filled when the pointer nears the button or it is pressed. */
import type { App } from '../app';
import { gallery, type Gallery } from '../gallery/panel';
import { button, element, popover } from './elements';
import { icon } from './icons';

export function examplesButton(): HTMLButtonElement {
  return button('button', () => undefined, { 'aria-haspopup': 'dialog' }, 'Examples', icon('chevron'));
}

export function examples(root: HTMLElement, app: App): void {
  const trigger = examplesButton();
  const panel = element('div', 'examples', { role: 'dialog', 'aria-label': 'Examples', tabindex: '-1' });
  const control = popover(trigger, panel, () => void open());
  root.append(trigger, panel);

  let made: Gallery | null = null;

  async function load(): Promise<Gallery> {
    const lessons = await app.lessons();
    return (made ??= gallery(panel, app, lessons, () => control.close()));
  }

  async function open(): Promise<void> {
    if (!made) message('Loading the examples.');
    try {
      const { opened } = await load();
      if (control.open) opened();
    } catch {
      message('No answer from the server. Close this panel and open it again to retry.');
    }
  }

  function message(text: string): void {
    panel.replaceChildren(element('p', 'examples-none', { role: 'status' }, text));
    panel.focus();
  }

  // What fails ahead of time is told when the panel opens.
  trigger.addEventListener('pointerenter', () => void load().catch(() => undefined), { once: true });
}
