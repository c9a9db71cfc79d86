/** The bundle that Python runs: one function from text to text in the global scope. */
import { drawPicture } from './picture';

Object.assign(globalThis, { drawPicture });
