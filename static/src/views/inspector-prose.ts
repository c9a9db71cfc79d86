/** Small makers of the inspector's parts: sentences with typeset names, sections, equations. */
import { alignedTex, type Equation } from '../explain/chain';
import type { Sentence } from '../explain/words';
import { renderTex } from '../math';
import { element } from './elements';

/** Fills the element with a sentence; pieces that did not change in kind keep their elements. */
export function writeSentence(root: HTMLElement, sentence: Sentence): void {
  const children = [...root.childNodes];
  const kept = sentence.length === children.length;
  const made = sentence.map((part, index) => {
    const old = kept ? children[index] : undefined;
    if (typeof part === 'string') {
      if (old?.nodeType !== Node.TEXT_NODE) return document.createTextNode(part);
      if (old.nodeValue !== part) old.nodeValue = part;
      return old;
    }
    const place = old instanceof HTMLElement ? old : element('span', 'inline-math');
    renderTex(place, part);
    return place;
  });
  if (made.some((node, index) => node !== children[index]) || !kept) root.replaceChildren(...made);
}

/** Shows the sentence, or hides the element when there is none. */
export function maybeSentence(root: HTMLElement, sentence: Sentence | null): void {
  root.hidden = sentence === null;
  if (sentence) writeSentence(root, sentence);
}

export interface Section {
  root: HTMLElement;
  body: HTMLElement;
  setTitle(title: string): void;
  setAside(text: string): void;
}

export function section(className: string, title: string): Section {
  const heading = element('h3', 'inspector-title', {}, title);
  const aside = element('span', 'inspector-aside');
  const body = element('div', 'inspector-section-body');
  const root = element('section', `inspector-section ${className}`, {}, element('div', 'inspector-head', {}, heading, aside), body);
  return {
    root,
    body,
    setTitle: (text) => {
      if (heading.textContent !== text) heading.textContent = text;
    },
    setAside: (text) => {
      if (aside.textContent !== text) aside.textContent = text;
    },
  };
}

export function writeEquation(root: HTMLElement, equation: Equation): void {
  renderTex(root, alignedTex(equation));
}

/** Makes the list of children as long as asked; those that stay keep what is in them. */
export function resize<T extends HTMLElement>(root: HTMLElement, count: number, make: () => T): T[] {
  while (root.children.length > count) root.lastElementChild?.remove();
  while (root.children.length < count) root.append(make());
  return [...root.children] as T[];
}
