/**
 * How far each node and wire is in the story, the arrows that turn back, and the travelling pulse.
 * One attribute tells all of it, so that a step looks the same to the byte however the reader came there.
 */
import { easeCubicInOut } from 'd3-ease';
import { select } from 'd3-selection';
import 'd3-transition';
import { prefersStill } from './motion';
import type { SceneWire } from './scene';
import type { StepLook } from './stepped';
import { set, svg } from './svg';
import { bendWire } from './wires';

/** Part of the step's time that a pulse takes from one end of its wire to the other. */
const PULSE_PART = 0.6;

export interface StepElements {
  nodes: ReadonlyMap<string, Element>;
  labels: ReadonlyMap<string, Element>;
  wires: ReadonlyMap<string, SVGGElement>;
  branches: ReadonlyMap<string, Element>;
}

export interface StepDrawing {
  show(look: StepLook | null, wires: readonly SceneWire[]): void;
  /** Whether gradients flow along this wire now, so that its arrow points back. */
  isBack(wire: string): boolean;
  /** Sends a pulse along the wires at work. */
  pulse(look: StepLook, stepMs: number): void;
  /** Before elements get new ids. */
  clear(): void;
}

export function createStepDrawing(root: SVGElement, layer: SVGGElement, elements: StepElements): StepDrawing {
  let marked: Element[] = [];
  let back: ReadonlySet<string> = new Set();

  function mark(element: Element | undefined, step: string): void {
    if (!element) return;
    set(element, { 'data-step': step });
    marked.push(element);
  }

  function unmark(): void {
    for (const element of marked) element.removeAttribute('data-step');
    marked = [];
  }

  function show(look: StepLook | null, wires: readonly SceneWire[]): void {
    set(root, { 'data-phase': look?.phase ?? null });
    if (look) {
      marked = [];
      for (const [id, progress] of look.nodes) {
        const step = look.near.has(id) ? `${progress} near` : progress;
        mark(elements.nodes.get(id), step);
        mark(elements.labels.get(id), step);
      }
      for (const [id, progress] of look.wires) {
        mark(elements.wires.get(id), progress);
        mark(elements.branches.get(id), progress);
      }
    } else unmark();
    const before = back;
    back = new Set(
      look?.phase === 'backward' ? [...look.wires].filter(([, progress]) => progress !== 'waiting').map(([id]) => id) : [],
    );
    for (const wire of wires) {
      const element = elements.wires.get(wire.id);
      if (element && before.has(wire.id) !== back.has(wire.id)) bendWire(element, wire, wire.points, back.has(wire.id));
    }
  }

  return {
    show,
    isBack: (wire) => back.has(wire),
    pulse(look, stepMs) {
      layer.replaceChildren();
      if (prefersStill()) return;
      for (const [id, progress] of look.wires) {
        const line = progress === 'active' ? elements.wires.get(id)?.querySelector<SVGPathElement>('.line') : null;
        if (!line) continue;
        const length = line.getTotalLength();
        const dot = layer.appendChild(svg('circle', { class: 'pulse', r: 5 }));
        select(dot)
          .transition()
          .duration(stepMs * PULSE_PART)
          .ease(easeCubicInOut)
          .tween('travel', () => (t) => {
            const { x, y } = line.getPointAtLength(length * t);
            set(dot, { cx: x.toFixed(1), cy: y.toFixed(1) });
          })
          .remove();
      }
    },
    clear() {
      unmark();
      layer.replaceChildren();
    },
  };
}
