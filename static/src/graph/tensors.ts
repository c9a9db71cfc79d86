/** What only graphs with tensors need; loaded with the first of them (tensor-tools.ts). */
export { readCells } from './cell-reader';
export { updateCells } from './cells';
export { hangingLeaves } from './hanging';
export { tensorAnatomy } from './tensor-anatomy';
export { drawTintLegend } from './tint-legend';
export { tintScales } from './tint-scale';
