// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLeafField, type LeafField } from '../../../static/src/graph/leaf-field';
import { visibleGraph, type VisibleNode } from '../../../static/src/graph/visible';
import { OPERATIONS, patterns } from '../fixtures';

const leaves = visibleGraph(patterns(), new Set(), { foldConstants: true }, OPERATIONS).nodes.filter(({ kind }) => kind === 'leaf');
const [x, y] = leaves as [VisibleNode, VisibleNode];

describe('the field over a leaf’s number', () => {
  let field: LeafField;
  const actions = { dragValue: vi.fn(), endDrag: vi.fn(), cancelDrag: vi.fn() };
  const closed = vi.fn();
  const input = () => document.querySelector('input') as HTMLInputElement;
  const press = (key: string, options: KeyboardEventInit = {}) =>
    input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
  const type = (text: string) => {
    input().value = text;
    input().dispatchEvent(new Event('input'));
  };

  beforeEach(() => {
    vi.clearAllMocks();
    document.body.replaceChildren();
    field = createLeafField(document.body, {
      actions,
      placeOf: () => ({ x: 10, y: 10, scale: 1 }),
      neighbour: ({ id }, way) => leaves[leaves.findIndex((leaf) => leaf.id === id) + way] ?? null,
      closed,
    });
    field.open(x);
  });

  it('opens with the full number', () => {
    expect(input().value).toBe('1');
    expect(input().getAttribute('aria-label')).toBe('Value of x');
    expect(field.editing).toBe(x);
  });

  it('asks for new numbers while typing, and Enter keeps them', () => {
    type('−2.5');
    expect(actions.dragValue).toHaveBeenLastCalledWith('x', -2.5);
    press('Enter');
    expect(actions.endDrag).toHaveBeenCalledTimes(1);
    expect(closed).toHaveBeenCalledWith(x, true);
    expect(field.editing).toBeNull();
  });

  it('gives everything back on Escape', () => {
    type('7');
    press('Escape');
    expect(actions.cancelDrag).toHaveBeenCalledTimes(1);
    expect(actions.endDrag).not.toHaveBeenCalled();
  });

  it('does nothing when nothing was changed', () => {
    press('Enter');
    expect(actions.endDrag).not.toHaveBeenCalled();
    expect(actions.cancelDrag).not.toHaveBeenCalled();
  });

  it('steps with the arrow keys, ten steps with Shift', () => {
    press('ArrowUp');
    expect(input().value).toBe('1.01');
    press('ArrowDown', { shiftKey: true });
    expect(actions.dragValue).toHaveBeenLastCalledWith('x', 0.01);
  });

  it('goes to the next leaf with Tab and back with Shift Tab', () => {
    press('Tab');
    expect(field.editing).toBe(y);
    press('Tab', { shiftKey: true });
    expect(field.editing).toBe(x);
  });

  it('says what it wants when the text is no number, and stays open', () => {
    type('abc');
    expect(actions.dragValue).not.toHaveBeenCalled();
    press('Enter');
    expect(field.editing).toBe(x);
    expect(document.body.textContent).toContain('Type a number, for example −0.5.');
  });
});
