/** Theme and palette: a reader's own choice, so they live in the browser and not in links. */
import type { Palette, Theme } from './state';

export interface Appearance {
  theme: Theme;
  palette: Palette;
}

const KEY = 'chainrule-appearance';

export function readAppearance(): Appearance {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
    return {
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'auto',
      palette: stored.palette === 'blind' ? 'blind' : 'classic',
    };
  } catch {
    return { theme: 'auto', palette: 'classic' };
  }
}

export function keepAppearance(appearance: Appearance): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(appearance));
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
