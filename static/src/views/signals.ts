/** What parts of the page ask of each other without knowing each other; nothing of it is part of the state. */

export type ZoomRequest = 'in' | 'out' | 'fit';

function signal<T>(name: string): { send(detail: T): void; on(run: (detail: T) => void): void } {
  return {
    send: (detail) => document.dispatchEvent(new CustomEvent<T>(name, { detail })),
    on: (run) => document.addEventListener(name, (event) => run((event as CustomEvent<T>).detail)),
  };
}

/** The graph comes closer, goes away, or fits the stage again. */
export const zoomGraph = signal<ZoomRequest>('chainrule:zoom');
/** The list of keys opens, or closes when it is open. */
export const toggleShortcuts = signal<null>('chainrule:shortcuts');
/** The program field takes the focus (views/editor-signals.ts listens). */
export const focusProgram = signal<null>('chainrule:focus-program');
