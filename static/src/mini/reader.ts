/** Pointing at a mini graph and going through it with the keys: one stop in the order of focus, arrows inside. */
import { graphNumber } from '../format';
import type { Drawing } from '../graph/draw';
import { enableKeyboard } from '../graph/keyboard';
import { enablePointer } from '../graph/pointer';
import type { Scene } from '../graph/scene';
import { set } from '../graph/svg';
import type { MiniModel, MiniNode } from './model';

interface Callbacks {
  onPoint?: (id: string | null) => void;
  onPointEdge?: (id: string | null) => void;
  onPick?: (id: string) => void;
}

export interface Reader {
  /** New nodes: their names for readers that hear them, and the stop. */
  tell(model: MiniModel, scene: Scene): void;
}

export function followReader(picture: SVGSVGElement, drawing: Drawing, { onPoint, onPointEdge, onPick }: Callbacks): Reader {
  let scene: Scene | null = null;
  // A junction says nothing that its branches do not.
  picture.querySelector('.layer-junctions')?.setAttribute('aria-hidden', 'true');

  enablePointer(picture, {
    over(thing) {
      onPoint?.(thing && thing.kind !== 'wire' && thing.kind !== 'rail' ? thing.id : null);
      onPointEdge?.(thing?.kind === 'wire' ? thing.id : null);
    },
    click(thing) {
      if (thing && thing.kind !== 'wire') onPick?.(thing.id);
    },
    doubleClick: () => undefined,
  });
  const keyboard = enableKeyboard(picture, {
    spots: () => (scene?.nodes ?? []).map(({ node, x, y }) => ({ id: node.id, x, y })),
    element: (spot) => drawing.nodeButton(spot),
    spotOf: (at) => at.closest<SVGElement>('[data-node]')?.dataset['node'] ?? null,
    open: (spot) => onPick?.(spot),
    focused: (spot) => {
      onPoint?.(spot);
      // Focus does not scroll here by itself.
      drawing.nodeButton(spot)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    left: () => onPoint?.(null),
  });

  return {
    tell(model, next) {
      scene = { ...next, nodes: [...next.nodes].sort((one, other) => one.x - other.x || one.y - other.y) };
      for (const node of model.nodes) {
        const pressed = drawing.nodeButton(node.id);
        if (pressed) set(pressed, { 'aria-label': sentence(node), role: onPick ? 'button' : 'img' });
      }
      keyboard.rove();
    },
  };
}

const ROLES = { input: 'Input', parameter: 'Parameter', constant: 'Constant' } as const;

/** "Parameter w1, 0.10, gradient 0.0020", "Gate z_a, Σ". */
function sentence({ kind, role, label, latex, name, symbol, glyph, value, gradient, shape }: MiniNode): string {
  const called = label ?? name ?? latex ?? '';
  const what = kind === 'leaf' ? ROLES[role ?? 'input'] : kind === 'output' ? 'Output' : 'Gate';
  const parts = [`${what} ${called}`.trim()];
  const shown = glyph ?? symbol;
  if (kind === 'gate' && shown) parts.push(shown);
  if (kind !== 'output' && shape && shape.length > 0) parts.push(`tensor of ${shape.join(' by ')}`);
  if (value !== undefined) parts.push(graphNumber(value, 2));
  if (gradient !== undefined && gradient !== null) parts.push(`gradient ${graphNumber(gradient, 2)}`);
  return parts.join(', ');
}
