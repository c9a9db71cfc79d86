/** Work that waits until its element comes into view, one piece a frame, so that scrolling never stutters. */

/** Begun this long before the element is seen, px. */
const AHEAD = 240;

export interface WhenSeen {
  add(element: Element, work: () => void): void;
}

export function whenSeen(root: Element): WhenSeen {
  const waiting = new Map<Element, () => void>();
  const queue: (() => void)[] = [];
  let running = false;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const work = waiting.get(target);
        if (!isIntersecting || !work) continue;
        waiting.delete(target);
        observer.unobserve(target);
        queue.push(work);
      }
      if (!running && queue.length > 0) {
        running = true;
        requestAnimationFrame(next);
      }
    },
    { root, rootMargin: `${String(AHEAD)}px 0px` },
  );

  function next(): void {
    queue.shift()?.();
    running = queue.length > 0;
    if (running) requestAnimationFrame(next);
  }

  return {
    add(element, work) {
      waiting.set(element, work);
      observer.observe(element);
    },
  };
}
