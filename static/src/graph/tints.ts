/** Tints of many cells as few shapes. Pure. */
import { BAR, type Block } from './cell-sizes';
import { tintOf } from './tint-scale';

/** Tints are mixed at most half with the ground, so that ink keeps its contrast on them. */
export const STRONGEST = 0.5;
/** Without numbers, cells of one tint are one shape: this many steps each way, which no eye tells apart. */
const TINT_STEPS = 12;

/** Cells of one tint as one path: a tensor of 64 × 64 is some two dozen shapes. */
export function tintPaths(entries: readonly number[], { columns, cell: { width, height } }: Block, scale: number): { d: string; minus: boolean; opacity: string }[] {
  const paths = new Map<number, string>();
  entries.forEach((entry, index) => {
    const step = Math.round(TINT_STEPS * tintOf(entry, scale)) * (entry < 0 ? -1 : 1);
    if (step === 0) return;
    const at = `M${String(BAR.room + (index % columns) * width)},${String(Math.floor(index / columns) * height)}`;
    paths.set(step, `${paths.get(step) ?? ''}${at}h${String(width)}v${String(height)}h${String(-width)}z`);
  });
  return [...paths].map(([step, d]) => ({ d, minus: step < 0, opacity: ((STRONGEST * Math.abs(step)) / TINT_STEPS).toFixed(3) }));
}
