/** From the theme that is shown to the other one. */
import type { App } from '../app';
import { shownTheme } from '../appearance';

export function switchTheme({ store, actions }: App): void {
  actions.setTheme(shownTheme(store.get().theme) === 'dark' ? 'light' : 'dark');
}
