/** Work that waits until its element is in sight; what was scrolled past is left for later. */

/** Begun this long before the element is seen, px. */
const AHEAD = 300;

/** Work of one frame, ms: the rest of it belongs to the scrolling. */
const PER_FRAME = 8;

export interface Seen {
  add(element: Element, work: () => void): void;
  /** Done by other means. */
  drop(element: Element): void;
}

export function whileSeen(root: Element): Seen {
  const works = new Map<Element, () => void>();
  const inSight = new Set<Element>();
  let frame = 0;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) inSight.add(target);
        else inSight.delete(target);
      }
      if (frame === 0 && inSight.size > 0) frame = requestAnimationFrame(next);
    },
    { root, rootMargin: `${String(AHEAD)}px 0px` },
  );

  function drop(element: Element): void {
    works.delete(element);
    inSight.delete(element);
    observer.unobserve(element);
  }

  function next(): void {
    const until = performance.now() + PER_FRAME;
    for (const element of [...inSight]) {
      works.get(element)?.();
      drop(element);
      if (performance.now() > until) break;
    }
    frame = inSight.size > 0 ? requestAnimationFrame(next) : 0;
  }

  return {
    add(element, work) {
      works.set(element, work);
      observer.observe(element);
    },
    drop,
  };
}
