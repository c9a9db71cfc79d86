/** What the parts of the graph view share: the drawing, where it stands, and what is on it at this moment. */
import type { App } from '../app';
import type { Drawing } from './draw';
import type { GroupFrames } from './group-frames';
import type { Picture } from './model';
import type { Scene, SceneLabel, SceneNode } from './scene';
import type { Reader } from './sentences';
import type { StageParts } from './stage';
import type { Tooltip } from './tooltip';
import type { VisibleNode } from './visible';
import type { Zoom } from './zoom';

export interface GraphContext {
  app: App;
  parts: StageParts;
  drawing: Drawing;
  zoom: Zoom;
  tooltip: Tooltip;
  picture(): Picture | null;
  scene(): Scene | null;
  reader(): Reader | null;
  /** Of a large graph, sees to it that a node has its element although it is out of sight. */
  keep(id: string): void;
  frames(): GroupFrames | null;
}

export function nodeOf(context: GraphContext, id: string): VisibleNode | null {
  return context.picture()?.graph.nodes.find((node) => node.id === id) ?? null;
}

export function placeOf(context: GraphContext, id: string): SceneNode | null {
  return context.scene()?.nodes.find((item) => item.node.id === id) ?? null;
}

export function labelOf(context: GraphContext, id: string): SceneLabel | null {
  return context.scene()?.labels.find((item) => item.node.id === id) ?? null;
}

/** Column by column, from top to bottom. */
export function readingOrder(context: GraphContext): SceneNode[] {
  return [...(context.scene()?.nodes ?? [])].sort((one, other) => one.x - other.x || one.y - other.y);
}
