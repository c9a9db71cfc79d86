// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { miniGraph, type MiniModel, type MiniOptions } from '../../../static/src/mini';
import { startState } from '../../../static/src/state';
import { createStore } from '../../../static/src/store';

const MODEL: MiniModel = {
  nodes: [
    { id: 'w', kind: 'leaf', role: 'parameter', latex: 'w_{1}', label: 'w1', value: 0.1, gradient: 0.2 },
    { id: 'h', kind: 'gate', symbol: 'σ', glyph: 'sigmoid', name: 'h', ticks: 2 },
    { id: 'c', kind: 'gate', symbol: 'Σ', double: true },
    { id: 'E', kind: 'output', latex: 'E', label: 'E' },
  ],
  edges: [
    { id: 'w>h:0', source: 'w', target: 'h', operand: 0 },
    { id: 'h>c:0', source: 'h', target: 'c', operand: 0, above: '0.7', tone: 'plain' },
    { id: 'h>c:1', source: 'h', target: 'c', operand: 1, above: '0.8', tone: 'plain' },
    { id: 'c>E:0', source: 'c', target: 'E', operand: 0 },
  ],
};

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement('div');
  document.body.replaceChildren(root);
});
afterEach(() => vi.restoreAllMocks());

const make = (options: Partial<MiniOptions> = {}) =>
  miniGraph(root, { store: createStore(startState()) }, { label: 'Graph of E', ...options });
const node = (id: string): Element | null => root.querySelector(`[data-node="${id}"]`);
const press = (id: string): SVGElement | null => node(id)?.querySelector<SVGElement>('.press') ?? null;

describe('a mini graph', () => {
  it('is a named group of nodes that say what they are', () => {
    make({ onPick: () => undefined }).show(MODEL);
    expect(root.querySelector('svg')?.getAttribute('aria-label')).toBe('Graph of E');
    expect(press('w')?.getAttribute('aria-label')).toBe('Parameter w1, 0.10, gradient 0.20');
    expect(press('E')?.getAttribute('aria-label')).toBe('Output E');
    expect(press('h')?.getAttribute('role')).toBe('button');
    expect(root.querySelectorAll('.ticks line')).toHaveLength(2);
    expect([...root.querySelectorAll('.branch')].map((one) => [one.textContent, (one as SVGElement).dataset['tone']])).toEqual([
      ['0.7', 'plain'],
      ['0.8', 'plain'],
    ]);
  });

  it('cannot be pressed where nothing comes of it', () => {
    make().show(MODEL);
    expect(press('h')?.getAttribute('role')).toBe('img');
  });

  it('is one stop of the focus, with arrows inside and Enter to choose', () => {
    const [onPoint, onPick] = [vi.fn(), vi.fn()];
    make({ onPoint, onPick }).show(MODEL);
    expect(root.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    press('w')?.focus();
    expect(onPoint).toHaveBeenLastCalledWith('w');
    press('w')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    expect(onPoint).toHaveBeenLastCalledWith('h');
    press('h')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(onPick).toHaveBeenCalledWith('h');
  });

  it('tells which node or edge is pointed at, and when none is', () => {
    const [onPoint, onPointEdge] = [vi.fn(), vi.fn()];
    make({ onPoint, onPointEdge }).show(MODEL);
    press('h')?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect(onPoint).toHaveBeenLastCalledWith('h');
    root.querySelector('[data-edge="h>c:1"] .hit')?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect(onPoint).toHaveBeenLastCalledWith(null);
    expect(onPointEdge).toHaveBeenLastCalledWith('h>c:1');
    root.querySelector('svg')?.dispatchEvent(new PointerEvent('pointerleave'));
    expect(onPointEdge).toHaveBeenLastCalledWith(null);
  });

  it('lights, mutes and drops parts, also those of a model that comes later', () => {
    const mini = make();
    mini.light({ nodes: ['w', 'h'], edges: ['w>h:0'], dashed: ['h>c:1'], muted: 'rest', notes: [{ at: 'h>c:1', text: 'left out', number: '0.8', tone: 'plain' }] });
    mini.show(MODEL);
    expect(node('h')?.classList.contains('kept')).toBe(true);
    expect(node('c')?.classList.contains('muted')).toBe(true);
    expect(root.querySelector('[data-edge="h>c:1"]')?.classList.contains('dropped')).toBe(true);
    expect(root.querySelector('.note')?.textContent).toBe('left out 0.8');
    mini.light(null);
    expect(root.querySelectorAll('.kept, .muted, .dropped, .note')).toHaveLength(0);
  });

  it('says so where the graph is too large for it', () => {
    const mini = make();
    mini.show({ nodes: Array.from({ length: 301 }, (_, i) => ({ id: `n${String(i)}`, kind: 'leaf' as const })), edges: [] });
    expect(root.textContent).toBe('The graph has 301 nodes, too many for a small picture.');
    mini.show(MODEL);
    expect(root.querySelector<HTMLElement>('.mini-graph-message')?.hidden).toBe(true);
    expect(node('w')).not.toBeNull();
    mini.show(null);
    expect(node('w')).toBeNull();
  });
});

describe('a mini graph whose numbers change', () => {
  const withValue = (value: number): MiniModel => ({ ...MODEL, nodes: MODEL.nodes.map((one) => (one.id === 'w' ? { ...one, value } : one)) });

  it('writes them without moving or making anything', () => {
    const mini = make();
    mini.show(withValue(1));
    const before = node('w');
    const place = before?.getAttribute('transform');
    mini.show(withValue(-2));
    expect(root.querySelector('[data-label="w"] .value')?.textContent).toBe('−2.00');
    expect(node('w')).toBe(before);
    mini.show(withValue(123456));
    expect(node('w')).toBe(before);
    expect(place).not.toBeNull();
  });
});
