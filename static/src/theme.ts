/** Theme and palette of this reader: kept in the browser, applied before the first paint. Runs as a plain script. */
import { applyAppearance, readAppearance } from './appearance';

applyAppearance(readAppearance());
