/** The tabs beside the graph, in the order of the tab row; each is loaded when it is first shown. */
import type { App } from '../app';
import type { TabName } from '../state';

/**
 * Fills the panel and the right end of the tab row, and keeps both up to date until the returned function is called.
 * `panel` and `tools` are empty; what the app's store is asked to watch is forgotten when the tab is left.
 */
export type TabView = (panel: HTMLElement, tools: HTMLElement, app: App) => () => void;

export interface Tab {
  name: Exclude<TabName, 'graph'>;
  title: string;
  load(): Promise<TabView>;
}

export const TABS: readonly Tab[] = [
  { name: 'code', title: 'Flat code', load: () => import('./code').then(({ codeTab }) => codeTab) },
  { name: 'derivation', title: 'Derivation', load: () => import('./derivation').then(({ derivationTab }) => derivationTab) },
  { name: 'paths', title: 'Paths', load: () => import('./paths').then(({ pathsTab }) => pathsTab) },
  { name: 'jacobian', title: 'Jacobian', load: () => import('./jacobian').then(({ jacobianTab }) => jacobianTab) },
];
