/** Views that the first look at the graph does not need: loaded when it stands. */
export { caption } from './views/caption';
export { echo } from './views/echo';
export { examples } from './views/examples';
export { skipLink } from './views/graph-focus';
export { graphList } from './views/graph-list';
export { inspector } from './views/inspector';
export { inspectorSheet } from './views/inspector-sheet';
export { layerSwitches } from './views/layers';
export { nudgeCard } from './views/nudge';
export { presentation } from './views/presentation';
export { printSheet } from './views/print-sheet';
export { problems } from './views/problems';
export { shortcuts } from './views/shortcuts';
export { spokenResult } from './views/spoken-result';
export { topBar } from './views/top-bar';
export { transport } from './views/transport';
