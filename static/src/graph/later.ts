/** What the first look at a graph does not need: loaded after it, as one file. */
export { drawAlarm } from './alarm-note';
export { announce } from './announce';
export { lightCells } from './cell-lights';
export { emptyStage } from './empty';
export { nodeNear } from './finger';
export { createLeafField } from './leaf-field';
export { placeLocals } from './locals';
export { readerOf } from './sentences';
export { createStageLights } from './stage-lit';
export { keepNodeInSight, keepSelectionInSight } from './sight';
