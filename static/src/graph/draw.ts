/**
 * The drawing: the only place that joins data to elements, by keys that survive an edit of the program.
 * A new scene moves and makes elements; new numbers only change texts; a highlight only changes classes.
 */
import { easeCubicOut } from 'd3-ease';
import { select, type Selection } from 'd3-selection';
import 'd3-transition';
import type { Point } from '../layout';
import { ClassSwitch } from './class-switch';
import type { Figures } from './figures';
import { alike, between, pathText, round } from './geometry';
import type { Highlight } from './highlight';
import { createStepDrawing } from './draw-steps';
import { createBranch, createLabel, createLocal, updateBranch, updateLabel, updateNumber, type LabelContent } from './labels';
import type { Measure } from './measure';
import { buttonOf, createNode, dress, showKink, updateNode } from './nodes';
import type { StepLook } from './stepped';
import type { Scene, SceneBranch, SceneJunction, SceneLabel, SceneNode, SceneWire } from './scene';
import { NO_SLIDES, type Slides } from './slides';
import { set, show, svg } from './svg';
import { bendWire, createJunction, createJunctionHalo, createRibbon, createWire, updateJunction } from './wires';

/** How long surviving nodes take to their new places, and gates out of their closed group and back. */
const MOVE_MS = 240;
const SLIDE_MS = 320;

export const moveMs = ({ from, to }: Slides): number => (from.size + to.size > 0 ? SLIDE_MS : MOVE_MS);

type Placed = Point & { key: string };
interface SceneLocal extends Placed {
  edge: string;
}

export interface Drawing {
  /** What is drawn: of a large graph the part in sight. */
  readonly scene: Scene | null;
  /**
   * Follows the scene; `animate` moves what survives to its new place, and by `slides` what comes out of a group or
   * goes back into one. Numbers follow by `numbers`.
   */
  show(scene: Scene, figures: Figures, animate: boolean, slides?: Slides): void;
  /** New numbers on the scene that is shown. `before`: those at the start of a drag; `look`: the step that is told. */
  numbers(figures: Figures, before: Figures | null, look: StepLook | null): void;
  /** Another part of the same graph: elements of what has left go, those of what has come are made, nothing moves. */
  part(scene: Scene): void;
  /** Sends a pulse along the wires of a step that takes this long. */
  pulse(look: StepLook, stepMs: number): void;
  /** Local gradients at these places, by edge id; an empty map takes them away. */
  locals(places: ReadonlyMap<string, Point>, animate: boolean): void;
  highlight(highlight: Highlight): void;
  /** The first node that is not finite, or null. */
  alarm(node: string | null): void;
  /** The node whose value something else stands over: the pill of a drag. */
  covered(node: string | null): void;
  clear(): void;
  /** What is drawn, by visible id; the rail of a fan-out by the id of its node. */
  readonly elements: Readonly<Record<'nodes' | 'junctions' | 'labels' | 'wires' | 'branches', ReadonlyMap<string, SVGGElement>>>;
  /** What is focused and pressed of a node or a junction, by visible id. */
  nodeButton(id: string): SVGGElement | null;
  junctionButton(id: string): SVGGElement | null;
  label(id: string): SVGGElement | null;
}

export function createDrawing(viewport: SVGGElement, measure: Measure): Drawing {
  const layer = (name: string): SVGGElement => viewport.appendChild(svg('g', { class: `layer-${name}` }));
  const layers = {
    // Wires over nodes: a halo must not hide the arrows that point at it.
    ribbons: layer('ribbons'), nodes: layer('nodes'), halos: layer('halos'), wires: layer('wires'), junctions: layer('junctions'),
    labels: layer('labels'), branches: layer('branches'), locals: layer('locals'), pulses: layer('pulses'),
  };
  set(layers.ribbons, { 'aria-hidden': 'true' });
  for (const name of ['branches', 'locals', 'pulses'] as const) set(layers[name], { 'aria-hidden': 'true' });

  let scene: Scene | null = null;
  let figures: Figures | null = null;
  let before: Figures | null = null;
  let look: StepLook | null = null;
  /** Of the scene that is shown. */
  let slides = NO_SLIDES;
  const nodes = new Map<string, SVGGElement>();
  const junctions = new Map<string, SVGGElement>();
  const halos = new Map<string, SVGElement>();
  const labels = new Map<string, SVGGElement>();
  const wires = new Map<string, SVGGElement>();
  const branches = new Map<string, SVGGElement>();
  const steps = createStepDrawing(viewport, layers.pulses, { nodes, labels, wires, branches });
  const classes = {
    hoveredNodes: new ClassSwitch('hovered', (id) => [nodes.get(id), junctions.get(id), halos.get(id)]),
    selectedNodes: new ClassSwitch('selected', (id) => [nodes.get(id), junctions.get(id), halos.get(id)]),
    hoveredWires: new ClassSwitch('hovered', (id) => [wires.get(id)]),
    litWires: new ClassSwitch('lit', (id) => [wires.get(id), junctions.get(id)]),
    unchosen: new ClassSwitch('unchosen', (id) => [wires.get(id)]),
    alarmed: new ClassSwitch('alarmed', (id) => [wires.get(id)]),
    alarm: new ClassSwitch('alarm', (id) => [nodes.get(id)]),
    covered: new ClassSwitch('covered', (id) => [labels.get(id)]),
  };

  function join<T extends { key: string }, E extends SVGElement>(
    parent: SVGGElement,
    items: readonly T[],
    make: (item: T) => E,
    animate: boolean,
  ): Selection<E, T, SVGGElement, unknown> {
    return select(parent)
      .selectChildren<E, T>()
      .data(items, (item) => item.key)
      .join(
        (enter) => enter.append(make).classed('arriving', animate),
        (update) => update.classed('arriving', false).classed('leaving', false),
        (exit) => leave(exit.interrupt(), animate),
      )
      .order();
  }

  /** What goes back into its group travels to the closed gate; all else is gone at once. */
  function leave<T extends { key: string }, E extends SVGElement>(
    items: Selection<E, T, SVGGElement, unknown>,
    animate: boolean,
  ): Selection<E, T, SVGGElement, unknown> {
    const travels = ({ key }: T): boolean => animate && slides.to.has(key);
    items
      .filter(travels)
      .classed('leaving', true)
      .transition()
      .duration(SLIDE_MS)
      .ease(easeCubicOut)
      .attr('transform', ({ key }) => translate(slides.to.get(key) ?? { x: 0, y: 0 }))
      .remove();
    items.filter((item) => !travels(item)).remove();
    return items;
  }

  function move<T extends Placed, E extends SVGElement>(items: Selection<E, T, SVGGElement, unknown>, animate: boolean): void {
    items.interrupt();
    // What has just been made stands where it belongs, or comes out of its group; survivors travel.
    items
      .filter(function () { return !animate || !this.hasAttribute('transform'); })
      .attr('transform', (item) => translate((animate && slides.from.get(item.key)) || item));
    if (!animate) return;
    items
      .filter(function (item) { return this.getAttribute('transform') !== translate(item); })
      .transition()
      .duration(moveMs(slides))
      .ease(easeCubicOut)
      .attr('transform', translate);
  }

  function bend<E extends SVGElement>(
    items: Selection<E, SceneWire, SVGGElement, unknown>,
    animate: boolean,
    draw: (element: E, wire: SceneWire, points: readonly Point[]) => void,
  ): void {
    items.interrupt();
    items.each(function (wire) {
      const from = lastPoints.get(this);
      lastPoints.set(this, wire.points);
      if (!animate || !from || pathText(from) === pathText(wire.points)) {
        draw(this, wire, wire.points);
        return;
      }
      const [start, end] = alike(from, wire.points);
      select<E, SceneWire>(this)
        .transition()
        .duration(moveMs(slides))
        .ease(easeCubicOut)
        .tween('bend', () => (t) => draw(this, wire, t === 1 ? wire.points : between(start, end, t)));
    });
  }

  function showScene(next: Scene, nextFigures: Figures, animate: boolean, nextSlides = NO_SLIDES): void {
    scene = next;
    slides = nextSlides;
    figures = nextFigures;
    // The id of a surviving element may change with every edit, so the way from id to element is made anew.
    for (const one of Object.values(classes)) one.clear();
    steps.clear();
    for (const map of [nodes, junctions, halos, labels, wires, branches]) map.clear();

    const wireItems = join(layers.wires, next.wires, createWire, animate);
    bend(wireItems, animate, (element, wire, points) => bendWire(element, wire, points, steps.isBack(wire.id)));
    wireItems.each(function (wire) {
      wires.set(wire.id, this);
      markWire(this, wire, next);
    });
    const junctionItems = join<SceneJunction, SVGGElement>(layers.junctions, next.junctions, createJunction, animate);
    move(junctionItems, animate);
    junctionItems.each(function (item) {
      junctions.set(item.node.id, this);
      updateJunction(this, item);
    });
    const haloItems = join<SceneJunction, SVGCircleElement>(layers.halos, next.junctions, createJunctionHalo, animate);
    move(haloItems, animate);
    haloItems.each(function (item) { halos.set(item.node.id, this); });
    const nodeItems = join<SceneNode, SVGGElement>(layers.nodes, next.nodes, createNode, animate);
    move(nodeItems, animate);
    nodeItems.each(function (item) {
      nodes.set(item.node.id, this);
      updateNode(this, item);
    });
    const labelItems = join<SceneLabel, SVGGElement>(layers.labels, next.labels, createLabel, animate);
    move(labelItems, animate);
    labelItems.each(function (item) {
      labels.set(item.node.id, this);
      this.classList.toggle('off-path', !item.node.onPath);
    });
    const branchItems = join<SceneBranch, SVGGElement>(layers.branches, next.branches, createBranch, animate);
    move(branchItems, animate);
    branchItems.each(function ({ edge }) {
      branches.set(edge.id, this);
      this.classList.toggle('off-path', !onPathIds(next).has(edge.target));
    });
    showRibbons(animate);
  }

  function showRibbons(animate: boolean): void {
    const shown = scene && figures && figures.ribbons.size > 0 ? scene.wires : [];
    const items = join(layers.ribbons, shown, createRibbon, animate);
    bend(items, animate, (path, _, points) => set(path, { d: pathText(points) }));
  }

  function showLocals(places: ReadonlyMap<string, Point>, animate: boolean): void {
    const items: SceneLocal[] = [];
    for (const wire of scene?.wires ?? []) {
      const place = wire.edge ? places.get(wire.edge.id) : undefined;
      if (wire.edge && place) items.push({ key: wire.key, edge: wire.edge.id, ...place });
    }
    const joined = join<SceneLocal, SVGTextElement>(layers.locals, items, createLocal, animate);
    move(joined, animate);
    joined.each(function (item) { updateNumber(this, figures?.locals.get(item.edge)); });
  }

  /** Removes the elements whose items are gone; makes, places and dresses those of new ones. */
  function exchange<T, E extends SVGElement>(
    parent: SVGGElement, there: Map<string, E>, items: readonly T[], idOf: (item: T) => string, make: (item: T) => E,
    dressed: (element: E, item: T, id: string) => void,
  ): void {
    const wanted = new Set(items.map(idOf));
    for (const [id, element] of there) {
      if (wanted.has(id)) continue;
      element.remove();
      there.delete(id);
    }
    for (const item of items) {
      const id = idOf(item);
      if (there.has(id)) continue;
      const element = make(item);
      there.set(id, element);
      select<E, T>(element).datum(item);
      dressed(element, item, id);
      for (const one of Object.values(classes)) one.dress(id);
      parent.append(element);
    }
  }

  function showPart(next: Scene): void {
    scene = next;
    if (!figures) return;
    const now = figures;
    const place = (element: Element, at: Point): void => set(element, { transform: translate(at) });
    exchange(layers.wires, wires, next.wires, (wire) => wire.id, createWire, (element, wire) => {
      lastPoints.set(element, wire.points);
      if (steps.isBack(wire.id)) bendWire(element, wire, wire.points, true);
      markWire(element, wire, next);
    });
    exchange(layers.junctions, junctions, next.junctions, (item) => item.node.id, createJunction, (element, item) => {
      place(element, item);
      updateJunction(element, item);
    });
    exchange(layers.halos, halos, next.junctions, (item) => item.node.id, createJunctionHalo, place);
    exchange(layers.nodes, nodes, next.nodes, (item) => item.node.id, createNode, (element, item, id) => {
      place(element, item);
      showKink(element, item, now.kinks.has(id));
      if (classes.selectedNodes.has(id)) dress(element, 'halo');
    });
    exchange(layers.labels, labels, next.labels, (item) => item.node.id, createLabel, (element, item, id) => {
      place(element, item);
      element.classList.toggle('off-path', !item.node.onPath);
      updateLabel(element, item, contentOf(id, now, before, look), measure);
    });
    exchange(layers.branches, branches, next.branches, (item) => item.edge.id, createBranch, (element, item, id) => {
      place(element, item);
      element.classList.toggle('off-path', !onPathIds(next).has(item.edge.target));
      updateBranch(element, now.branches.get(id), look?.pills.branches.has(id) ?? false, measure);
    });
    if (look) steps.show(look, next.wires);
  }

  function showNumbers(next: Figures, nextBefore: Figures | null, nextLook: StepLook | null): void {
    const hadRibbons = (figures?.ribbons.size ?? 0) > 0;
    figures = next;
    before = nextBefore;
    look = nextLook;
    if (hadRibbons !== next.ribbons.size > 0) showRibbons(false);
    select(layers.ribbons)
      .selectChildren<SVGPathElement, SceneWire>()
      .each(function (wire) {
        const width = next.ribbons.get(wire.id) ?? 0;
        set(this, { 'stroke-width': width.toFixed(1) });
        show(this, width > 0);
      });
    for (const item of scene?.labels ?? []) {
      const element = labels.get(item.node.id);
      if (element) updateLabel(element, item, contentOf(item.node.id, next, before, look), measure);
    }
    select(layers.branches)
      .selectChildren<SVGGElement, SceneBranch>()
      .each(function ({ edge: { id } }) {
        updateBranch(this, next.branches.get(id), look?.pills.branches.has(id) ?? false, measure);
      });
    select(layers.locals)
      .selectChildren<SVGTextElement, SceneLocal>()
      .each(function (item) { updateNumber(this, next.locals.get(item.edge)); });
    steps.show(look, scene?.wires ?? []);
    classes.unchosen.apply(next.unchosen);
    classes.alarmed.apply(next.alarmed);
    for (const item of scene?.nodes ?? []) {
      const element = nodes.get(item.node.id);
      if (element) showKink(element, item, next.kinks.has(item.node.id));
    }
  }

  // Focus rings are made where the focus goes; there is never more than one at a time.
  viewport.addEventListener('focusin', (event) => {
    const node = event.target instanceof Element ? event.target.closest('.node') : null;
    if (node) dress(node, 'focus');
  });

  return {
    get scene() {
      return scene;
    },
    show: showScene,
    numbers: showNumbers,
    part: showPart,
    pulse: (look, stepMs) => steps.pulse(look, stepMs),
    locals: showLocals,
    highlight(next) {
      for (const id of next.selectedNodes) {
        const element = nodes.get(id);
        if (element) dress(element, 'halo');
      }
      classes.hoveredNodes.apply(next.hoveredNodes);
      classes.selectedNodes.apply(next.selectedNodes);
      classes.hoveredWires.apply(next.hoveredWires);
      classes.litWires.apply(next.litWires);
    },
    alarm: (id) => classes.alarm.apply(new Set(id === null ? [] : [id])),
    covered: (id) => classes.covered.apply(new Set(id === null ? [] : [id])),
    clear() {
      scene = figures = before = look = null;
      for (const map of [nodes, junctions, halos, labels, wires, branches]) map.clear();
      for (const one of Object.values(layers)) one.replaceChildren();
    },
    elements: { nodes, junctions, labels, wires, branches },
    nodeButton: (id) => buttonOf(nodes.get(id) ?? null),
    junctionButton: (id) => junctions.get(id)?.querySelector<SVGGElement>('.press') ?? null,
    label: (id) => labels.get(id) ?? null,
  };
}

const translate = ({ x, y }: Point): string => `translate(${String(round(x))},${String(round(y))})`;

/** Points that a wire was last sent to, by element: where the next move starts. */
const lastPoints = new WeakMap<Element, readonly Point[]>();

function markWire(element: Element, wire: SceneWire, scene: Scene): void {
  set(element, { 'data-edge': wire.edge?.id ?? null, 'data-rail': wire.edge ? null : wire.source });
  element.classList.toggle('off-path', !isOnPath(scene, wire));
}

function isOnPath(scene: Scene, wire: SceneWire): boolean {
  const end = wire.edge ? wire.edge.target : wire.source;
  return onPathIds(scene).has(end);
}

const onPathCache = new WeakMap<Scene['graph'], ReadonlySet<string>>();

function onPathIds({ graph }: Scene): ReadonlySet<string> {
  let found = onPathCache.get(graph);
  if (!found) {
    found = new Set(graph.nodes.filter((node) => node.onPath).map((node) => node.id));
    onPathCache.set(graph, found);
  }
  return found;
}

function contentOf(id: string, figures: Figures, before: Figures | null, look: StepLook | null): LabelContent {
  const old = (kind: 'values' | 'gradients'): string | null => {
    const text = before?.[kind].get(id)?.text;
    return text === undefined || text === figures[kind].get(id)?.text ? null : text;
  };
  return {
    value: figures.values.get(id) ?? null,
    gradient: figures.gradients.get(id) ?? null,
    tensor: figures.tensors.get(id) ?? null,
    before: { value: old('values'), gradient: old('gradients') },
    defaulted: figures.defaulted.has(id),
    pill: look?.pills.values.has(id) ? 'value' : look?.pills.gradients.has(id) ? 'gradient' : null,
  };
}
