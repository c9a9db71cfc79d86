/**
 * What has to be known before the first paint: theme and palette of this reader, kept in the browser, and whether the
 * address asks for another state than the picture in the page shows. Runs as a plain script.
 */
import { applyAppearance, readAppearance } from './appearance';

applyAppearance(readAppearance());

if (location.hash.includes('=')) document.documentElement.dataset['start'] = 'other';

// So have the other tabs: the stage would be seen first.
const tab = /[#&]tab=(code|derivation|paths|jacobian)(&|$)/.exec(location.hash)?.[1];
if (tab) document.documentElement.dataset['tab'] = tab;

// Presented, the page has other parts: they would jump if this waited for the rest of the script.
if (/[#&]present=on(&|$)/.test(location.hash)) document.documentElement.toggleAttribute('data-present', true);
