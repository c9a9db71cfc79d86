/** The outline at the left of the column: where one is, and a way to go elsewhere. On a phone it is a menu. */
import { button, element, popover } from '../../views/elements';
import type { Section } from './column';
import type { Writer } from './written';

export interface Outline {
  root: HTMLElement;
  show(sections: readonly Section[], writer: Writer): void;
  stop(): void;
}

/** A part counts as the present one from here on, px below the upper edge of the panel. */
const READING_LINE = 96;

/** Leaves listed under the chain rule; more would be a page of their own. */
const MOST_LEAVES = 40;

interface Entry {
  root: HTMLElement;
  link: HTMLElement;
  title: string;
}

export function outlineOf(panel: HTMLElement): Outline {
  const present = element('span', 'outline-present');
  const trigger = button('outline-trigger button', () => undefined, {}, element('span', '', {}, 'On this page'), present);
  const list = element('ul', 'outline-list');
  const root = element('nav', 'outline', { 'aria-label': 'On this page' }, element('p', 'outline-title', {}, 'On this page'), trigger, list);
  const menu = popover(trigger, list);
  let sections: Entry[] = [];
  let leaves: Entry[] = [];

  function entry(target: HTMLElement, title: string, className: string, writer: Writer): Entry {
    const link = button(className, () => {
      if (menu.open) menu.close();
      writer.above(target);
      target.scrollIntoView({ block: 'start' });
      target.focus({ preventScroll: true });
    });
    return { root: target, link, title };
  }

  function follow(): void {
    const top = panel.getBoundingClientRect().top + READING_LINE;
    const atEnd = panel.scrollTop + panel.clientHeight >= panel.scrollHeight - 2 && panel.scrollTop > 0;
    mark(sections, top, atEnd);
    mark(leaves, top, false);
    present.textContent = sections.find(({ link }) => link.hasAttribute('aria-current'))?.title ?? '';
  }

  let frame = 0;
  const onScroll = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(follow);
  };
  panel.addEventListener('scroll', onScroll, { passive: true });
  // What is typeset late moves what stands below it.
  const sizes = new ResizeObserver(onScroll);

  return {
    root,
    show(found, writer) {
      sections = [];
      leaves = [];
      list.replaceChildren(
        ...found.map((section) => {
          const one = entry(section.root, section.title, 'outline-link', writer);
          one.link.textContent = section.title;
          sections.push(one);
          const inner = section.leaves.slice(0, MOST_LEAVES).map((leaf) => {
            const below = entry(leaf.root, leaf.label, 'outline-leaf', writer);
            below.link.setAttribute('aria-label', `Gradient with respect to ${leaf.label}`);
            below.link.append(writer.math('', leaf.latex));
            leaf.root.tabIndex = -1;
            leaves.push(below);
            return element('li', '', {}, below.link);
          });
          return element('li', '', {}, one.link, inner.length > 1 ? element('ul', 'outline-leaves', {}, ...inner) : null);
        }),
      );
      sizes.disconnect();
      for (const { root: one } of sections) sizes.observe(one);
      follow();
    },
    stop() {
      sizes.disconnect();
      cancelAnimationFrame(frame);
      panel.removeEventListener('scroll', onScroll);
    },
  };
}

/** Marks the last part that begins above the line; at the end of the page the last one. */
function mark(entries: readonly Entry[], top: number, atEnd: boolean): void {
  let present = 0;
  for (const [index, { root }] of entries.entries()) if (root.getBoundingClientRect().top <= top) present = index;
  if (atEnd) present = entries.length - 1;
  for (const [index, { link }] of entries.entries()) {
    if (index === present) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}
