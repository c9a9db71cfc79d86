/** Theme, palette and keys: a reader's own choice, so they live in the browser and not in links. */
import type { State } from './state';

export type Appearance = Pick<State, 'theme' | 'palette' | 'letterKeys'>;
type Theme = State['theme'];

const KEY = 'chainrule-appearance';

export function readAppearance(): Appearance {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
    return {
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'auto',
      palette: stored.palette === 'blind' ? 'blind' : 'classic',
      letterKeys: stored.letterKeys !== false,
    };
  } catch {
    return { theme: 'auto', palette: 'classic', letterKeys: true };
  }
}

export function keepAppearance({ theme, palette, letterKeys }: Appearance): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, palette, letterKeys }));
  } catch {
    // A browser that keeps nothing still shows the chosen theme until the page is left.
  }
}

export function shownTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'auto') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyAppearance(appearance: Appearance): void {
  document.documentElement.dataset['theme'] = shownTheme(appearance.theme);
  document.documentElement.dataset['palette'] = appearance.palette;
}
