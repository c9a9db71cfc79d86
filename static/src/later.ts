/** Views that the first look at the graph does not need: loaded when it stands. */
export { caption } from './views/caption';
export { echo } from './views/echo';
export { examples } from './views/examples';
export { inspector } from './views/inspector';
export { problems } from './views/problems';
export { transport } from './views/transport';
