/**
 * Stands in for d3-color in the bundle: d3's transitions ask it whether a text is a colour, and the page only moves
 * things; its colours change in the style sheets. Saves 4 kB of what is loaded first.
 */
export function color(): null {
  return null;
}

/** Never called: nothing was a colour. */
function none(): never {
  throw new Error('The page does not interpolate colours.');
}

export { none as cubehelix, none as hcl, none as hsl, none as lab, none as rgb };
