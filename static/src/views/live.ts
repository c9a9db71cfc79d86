/** What screen readers are told: one polite region, at most one sentence a second, of those waiting the newest. */
import { element } from './elements';

const PAUSE_MS = 1000;

let region: HTMLElement | null = null;
let waiting: string | null = null;
let timer = 0;

/** Makes the region; readers hear only of regions that were there before the words. */
export function liveRegion(): void {
  region ??= document.body.appendChild(element('div', 'visually-hidden', { role: 'status' }));
}

export function say(sentence: string): void {
  liveRegion();
  if (timer !== 0) {
    waiting = sentence;
    return;
  }
  if (region) region.textContent = sentence;
  timer = window.setTimeout(next, PAUSE_MS);
}

function next(): void {
  timer = 0;
  const sentence = waiting;
  waiting = null;
  if (sentence !== null) say(sentence);
}
