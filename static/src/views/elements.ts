/** Small makers of plain DOM that several views share. Text is always text, never markup. */

type Child = Node | string | null;

/** An element with a class, attributes and children; attribute `false` or null is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  attributes: Readonly<Record<string, string | boolean | null>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** A button with a click handler; type="button", so that no form is ever sent. */
export function button(
  className: string,
  onClick: (event: MouseEvent) => void,
  attributes: Readonly<Record<string, string | boolean | null>> = {},
  ...children: Child[]
): HTMLButtonElement {
  const made = element('button', className, { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

export interface Switch {
  root: HTMLButtonElement;
  set(on: boolean): void;
}

export function switchControl(label: string, className: string, onChange: (on: boolean) => void): Switch {
  const root = button(
    `switch ${className}`,
    () => onChange(root.getAttribute('aria-checked') !== 'true'),
    { role: 'switch', 'aria-checked': 'false' },
    element('span', 'switch-track', { 'aria-hidden': 'true' }),
    element('span', 'switch-label', {}, label),
  );
  return { root, set: (on) => root.setAttribute('aria-checked', String(on)) };
}

export interface Popover {
  readonly open: boolean;
  toggle(): void;
  close(): void;
}

/**
 * A panel that a button opens: Esc, a press outside and a focus that moves on close it. Esc gives the focus back to
 * where it was; so does `close`.
 */
export function popover(trigger: HTMLButtonElement, panel: HTMLElement, onOpen: () => void = () => undefined): Popover {
  panel.hidden = true;
  trigger.setAttribute('aria-expanded', 'false');
  let cameFrom: HTMLElement | null = null;

  function set(open: boolean, returnFocus: boolean): void {
    if (!panel.hidden === open) return;
    if (open) cameFrom = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    panel.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
    if (open) {
      onOpen();
      document.addEventListener('pointerdown', onPointer, true);
      document.addEventListener('keydown', onKey, true);
      panel.addEventListener('focusout', onFocusOut);
    } else {
      document.removeEventListener('pointerdown', onPointer, true);
      document.removeEventListener('keydown', onKey, true);
      panel.removeEventListener('focusout', onFocusOut);
      if (returnFocus) (isShown(trigger) ? trigger : cameFrom)?.focus();
    }
  }

  function onPointer(event: PointerEvent): void {
    const path = event.composedPath();
    if (!path.includes(panel) && !path.includes(trigger)) set(false, false);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    set(false, true);
  }

  function onFocusOut({ relatedTarget }: FocusEvent): void {
    // No target: the window lost the focus, or what had it is gone.
    if (!(relatedTarget instanceof Node) || panel.contains(relatedTarget) || trigger.contains(relatedTarget)) return;
    set(false, false);
  }

  const isOpen = () => !panel.hidden;
  trigger.addEventListener('click', () => set(!isOpen(), true));
  return {
    get open() {
      return isOpen();
    },
    toggle: () => set(!isOpen(), true),
    close: () => set(false, true),
  };
}

/** Not in a part of the page that this width, or the presentation, leaves out. */
export function isShown(candidate: Element): boolean {
  return candidate.getClientRects().length > 0;
}

let toastTimer = 0;

/** One short sentence at the foot of the page, told to screen readers too, gone after three seconds. */
export function toast(message: string): void {
  let place = document.querySelector<HTMLElement>('.toast');
  if (!place) {
    place = element('div', 'toast', { role: 'status' });
    document.body.append(place);
  }
  place.hidden = false;
  place.textContent = message;
  window.clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    if (place) place.hidden = true;
  }, 3000);
}
