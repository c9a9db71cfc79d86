// What the benchmark of the page measures with, put into the page before its own scripts. Times in milliseconds.
'use strict';
globalThis.probe = (() => {
  const blocks = [];
  new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  const self = {
    /** When the first node, or the overview, stood on the stage. */
    firstPicture: null,
    drawn: null,
    longestBlock: () => Math.max(0, ...blocks),
    lineOf: (name) => {
      const program = new URLSearchParams(location.hash.slice(1)).get('program') ?? '';
      return program.split('\n').findIndex((line) => line.startsWith(name));
    },
    /** Where the largest number of a leaf in sight can be taken hold of: its text changes with every step of a drag. */
    leafValue() {
      const size = (value) => Math.abs(Number(value.textContent.replace('\u2212', '-'))) || 0;
      const all = [...document.querySelectorAll('.editable')].sort((one, other) => size(other) - size(one));
      for (const value of all) {
        const { left, top, width, height } = value.getBoundingClientRect();
        const place = { x: left + width / 2, y: top + height / 2 };
        if (document.elementFromPoint(place.x, place.y)?.closest('.editable') === value) return place;
      }
      throw new Error('no value of a leaf is in sight');
    },
    /** A place of the stage with nothing on it. */
    ground() {
      const { left, top, width, height } = document.querySelector('#graph').getBoundingClientRect();
      for (let i = 0; i < 4000; i += 1) {
        const [x, y] = [left + width * (0.9 - 0.6 * ((i * 0.618) % 1)), top + height * (0.3 + 0.5 * ((i * 0.755) % 1))];
        if (document.elementFromPoint(x, y)?.id === 'graph') return { x, y };
      }
      return { x: left + width / 2, y: top + height / 2 };
    },
  };

  const afterPaint = (run) => requestAnimationFrame(() => setTimeout(() => run(performance.now())));
  const hasPicture = () => document.querySelector('#graph .node, .overview:not([hidden])');
  const watching = new MutationObserver(() => {
    if (!hasPicture()) return;
    watching.disconnect();
    afterPaint((now) => (self.firstPicture = now));
  });
  watching.observe(document, { childList: true, subtree: true, attributes: true });

  /** The next key is timed, up to the frame after the last change of the drawing within 60 ms. */
  self.expectDrawing = () => {
    self.drawn = null;
    let pressed = 0;
    let timer = 0;
    addEventListener('keydown', () => (pressed = performance.now()), { capture: true, once: true });
    const seen = new MutationObserver(() => {
      if (pressed === 0) return;
      afterPaint((now) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          seen.disconnect();
          self.drawn = now - pressed;
        }, 60);
      });
    });
    for (const layer of document.querySelectorAll('.layer-nodes, .layer-wires, .layer-labels')) {
      seen.observe(layer, { childList: true, subtree: true, characterData: true, attributeFilter: ['transform', 'd', 'data-node'] });
    }
  };

  let times = [];
  let counting = 0;
  let stop = () => {};
  self.countFrames = () => {
    const run = ++counting;
    times = [performance.now()];
    const frame = () => {
      if (run !== counting) return;
      times.push(performance.now());
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    stop = () => {};
  };
  self.countNumbers = () => {
    const run = ++counting;
    times = [performance.now()];
    let waiting = false;
    const seen = new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (run === counting) times.push(performance.now());
      });
    });
    seen.observe(document.querySelector('.layer-labels'), { childList: true, subtree: true, characterData: true });
    stop = () => seen.disconnect();
  };
  /** Frames a second since counting began, and the longest wait between two. */
  self.counted = () => {
    counting += 1;
    stop();
    const now = performance.now();
    const all = [...times, now];
    const waits = all.slice(1).map((time, i) => time - all[i]);
    return [((times.length - 1) * 1000) / (now - times[0]), Math.max(...waits)];
  };
  return self;
})();
