/** Equations of the caption as large as their column allows, so that no result is out of sight. */

/** Formulas are 1.15 times as large, and nothing on the page is smaller than 11.5 px; what is still too long scrolls. */
const LEAST_PX = 10;

/** Call the result after the equations have changed; a new width is noticed by itself. */
export function fitEquations(root: HTMLElement): () => void {
  let width = 0;

  function fit(): void {
    root.style.removeProperty('font-size');
    width = root.clientWidth;
    const wanted = Math.max(0, ...[...root.querySelectorAll('.katex-html')].map(widthOf));
    if (width === 0 || wanted <= width) return;
    const size = Number.parseFloat(getComputedStyle(root).fontSize);
    root.style.setProperty('font-size', `${Math.max(LEAST_PX, (size * width) / wanted - 0.1).toFixed(2)}px`);
  }

  // Until its fonts are there a formula has another width.
  document.fonts.addEventListener('loadingdone', fit);

  new ResizeObserver(() => {
    if (root.clientWidth !== width) fit();
  }).observe(root);
  return fit;
}

/** From the left edge of a line to the end of its last sign; its boxes may be narrower than what they hold. */
function widthOf(line: Element): number {
  const content = document.createRange();
  content.selectNodeContents(line);
  return content.getBoundingClientRect().right - line.getBoundingClientRect().left;
}
