/** Classes, arrows and the travelling pulse of a step. */
import { easeCubicInOut } from 'd3-ease';
import { select } from 'd3-selection';
import 'd3-transition';
import type { Progress } from '../stepper/steps';
import { ClassSwitch } from './class-switch';
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
  /** Sends a pulse along the wires at work. */
  pulse(look: StepLook, stepMs: number): void;
  /** Before elements get new ids. */
  clear(): void;
}

const PROGRESS: readonly Progress[] = ['active', 'done', 'waiting'];

export function createStepDrawing(root: SVGElement, layer: SVGGElement, elements: StepElements): StepDrawing {
  const { nodes, labels, wires, branches } = elements;
  const switches = PROGRESS.map((progress) => ({
    progress,
    nodes: new ClassSwitch(`step-${progress}`, (id) => [nodes.get(id), labels.get(id)]),
    wires: new ClassSwitch(`step-${progress}`, (id) => [wires.get(id), branches.get(id)]),
  }));
  const near = new ClassSwitch('step-near', (id) => [nodes.get(id), labels.get(id)]);
  const only = (map: ReadonlyMap<string, Progress> | undefined, progress: Progress): Set<string> =>
    new Set([...(map ?? [])].filter(([, one]) => one === progress).map(([id]) => id));

  return {
    show(look, sceneWires) {
      set(root, { 'data-phase': look?.phase ?? null });
      for (const one of switches) {
        one.nodes.apply(only(look?.nodes, one.progress));
        one.wires.apply(only(look?.wires, one.progress));
      }
      near.apply(look?.near ?? new Set());
      for (const wire of sceneWires) {
        const element = wires.get(wire.id);
        const back = look?.phase === 'backward' && look.wires.get(wire.id) !== 'waiting';
        if (!element || element.classList.contains('backward') === back) continue;
        element.classList.toggle('backward', back);
        bendWire(element, wire, wire.points);
      }
    },
    pulse(look, stepMs) {
      layer.replaceChildren();
      if (prefersStill()) return;
      for (const [id, progress] of look.wires) {
        const line = progress === 'active' ? wires.get(id)?.querySelector<SVGPathElement>('.line') : null;
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
      for (const one of switches) {
        one.nodes.clear();
        one.wires.clear();
      }
      near.clear();
      layer.replaceChildren();
    },
  };
}
