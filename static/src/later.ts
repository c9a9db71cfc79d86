/** Views that the first look at the graph does not need: loaded when it stands. */
export { caption } from './views/caption';
export { examples } from './views/examples';
export { inspector } from './views/inspector';
export { transport } from './views/transport';
