/** What the parts of the program row ask of each other. */
import type { Range } from '../text';

/** Put the caret there and give the field the focus. */
const GO_TO = 'chainrule:go-to-place';
/** Show the warnings of the program in the card. */
const SHOW_WARNINGS = 'chainrule:show-warnings';
/** Sent by the page's shortcut. */
const FOCUS_PROGRAM = 'chainrule:focus-program';

export function goTo(range: Range): void {
  document.dispatchEvent(new CustomEvent<Range>(GO_TO, { detail: range }));
}

export function onGoTo(run: (range: Range) => void): void {
  document.addEventListener(GO_TO, (event) => {
    if (event instanceof CustomEvent) run(event.detail as Range);
  });
}

export function showWarnings(): void {
  document.dispatchEvent(new CustomEvent(SHOW_WARNINGS));
}

export function onShowWarnings(run: () => void): void {
  document.addEventListener(SHOW_WARNINGS, run);
}

export function onFocusProgram(run: () => void): void {
  document.addEventListener(FOCUS_PROGRAM, run);
}
