import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from '../../static/src/views/shortcut-table';
import { shortcutFor } from '../../static/src/views/shortcuts';

const NO_MODIFIER = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, modifiers: Partial<typeof NO_MODIFIER> = {}, letterKeys = true) =>
  shortcutFor({ key, ...NO_MODIFIER, ...modifiers }, letterKeys)?.does ?? null;

const all = SHORTCUTS.flatMap(({ shortcuts }) => shortcuts);

describe('the table of keys', () => {
  it('gives no key to two actions', () => {
    const used = all.filter(({ run }) => run !== null).flatMap((one) => one.keys.map((key) => `${one.with ?? ''} ${key}`));
    expect(new Set(used).size).toBe(used.length);
  });

  it('names every key that the page promises', () => {
    const promised = ['/', '1', ' ', '[', ']', ',', '.', 'Home', 'End', 'e', 'v', 'g', 'l', '+', '-', '0', 'p', 't', '?', 'Escape'];
    for (const key of promised) expect(press(key), key).not.toBeNull();
  });

  it('tells of every action in words', () => {
    for (const { does, caps } of all) {
      expect(does).toMatch(/^[A-Z]/);
      expect(caps.length).toBeGreaterThan(0);
    }
  });
});

describe('a key', () => {
  it('acts on steps and layers only where the graph is on show', () => {
    for (const key of ['v', ' ', 'Home', '0']) expect(shortcutFor({ key, ...NO_MODIFIER }, true, 'paths'), key).toBeNull();
    for (const key of ['1', 'p', '/', 'Escape']) expect(shortcutFor({ key, ...NO_MODIFIER }, true, 'paths'), key).not.toBeNull();
  });

  it('acts in either case, with Shift where a keyboard needs it', () => {
    expect(press('V')).toBe(press('v'));
    expect(press('?', { shiftKey: true })).toBe('This list');
    expect(press('+', { shiftKey: true })).toBe('Zoom in');
  });

  it('is left to the browser with Alt, and with Ctrl unless the table says so', () => {
    expect(press('v', { altKey: true })).toBeNull();
    expect(press('p', { ctrlKey: true })).toBeNull();
    expect(press('l', { metaKey: true })).toBeNull();
  });

  it('undoes and redoes with Ctrl or Cmd', () => {
    expect(press('z', { ctrlKey: true })).toBe('Undo');
    expect(press('z', { metaKey: true })).toBe('Undo');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Redo');
    expect(press('y', { ctrlKey: true })).toBe('Redo');
    expect(press('z')).toBeNull();
  });

  it('does nothing once letter keys are off, unless it writes no character', () => {
    for (const key of ['v', '/', '?', '1', '[', '.', '+']) expect(press(key, {}, false), key).toBeNull();
    for (const key of [' ', 'Home', 'End', 'Escape']) expect(press(key, {}, false), key).not.toBeNull();
    expect(press('z', { ctrlKey: true }, false)).toBe('Undo');
  });
});
