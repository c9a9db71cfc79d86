// Our layout engine beside others, on the same generated graphs: CPU time, visible crossings, operands out of order
// (of all gates below 500 nodes, above of those whose operands cannot be exchanged).
//
//   node benchmarks/layout.mjs [largest]        graphs up to so many nodes (default 1000)
//
// Peers are measured where they can be imported: @hpcc-js/wasm-graphviz, elkjs, @dagrejs/dagre; PEERS names a folder
// whose node_modules has them. They are oracles for this table only and never part of the page.
import { createRequire } from 'node:module';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { badOrder, visibleCrossings } from './layout-measures.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const largest = Number(process.argv[2] ?? 1000);
const SLOW_PEER = 20_000;

async function loadOurs() {
  const outfile = join(mkdtempSync(join(tmpdir(), 'layout-')), 'ours.mjs');
  await build({
    stdin: {
      contents: `export * from './static/src/layout/index'; export * as graphs from './tests/web/layout/graphs';`,
      resolveDir: root,
    },
    bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

const { layout, graphs } = await loadOurs();

const cases = {
  neuron: () => graphs.sigmoidNeuron(),
  'network 2-2-1': () => graphs.network([2, 2, 1], { writtenOut: true }),
  'network 3-2-2': () => graphs.network([3, 2, 2], { bias: true }),
  'expression 20': () => graphs.randomExpression(20, 7),
  'tree 50': () => graphs.randomTree(50, 1),
  'formula 50': () => graphs.randomFormula(50, 1),
  'program 50': () => graphs.randomProgram(50, 1),
  'formula 200': () => graphs.randomFormula(200, 1, false),
  'program 200': () => graphs.randomProgram(200, 1, false),
  'network 8-16-4': () => graphs.network([8, 16, 4], { bias: true, texts: false }),
  'formula 1000': () => graphs.randomFormula(1000, 1, false),
  'program 1000': () => graphs.randomProgram(1000, 1, false),
  'program 5000': () => graphs.randomProgram(5000, 1, false),
  'tree 10000': () => graphs.randomTree(6000, 1, false),
  'formula 10000': () => graphs.randomFormula(9000, 1, false),
  'program 10000': () => graphs.randomProgram(9000, 1, false),
  'network 64-64-10': () => graphs.network([64, 64, 10], { bias: true, texts: false }),
};

/** Corner points of a Bézier path, pairs of numbers. */
function flatten(points, steps = 8) {
  const line = points.length > 0 ? [points[0]] : [];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4);
    for (let k = 1; k <= steps; k++) {
      const t = k / steps;
      const s = 1 - t;
      const mix = (u, v, w, z) => s * s * s * u + 3 * s * s * t * v + 3 * s * t * t * w + t * t * t * z;
      line.push([mix(a[0], b[0], c[0], d[0]), mix(a[1], b[1], c[1], d[1])]);
    }
  }
  return line;
}

const pairs = (points) => points.map((p) => [p.x, p.y]);

function ours(graph) {
  const drawing = layout(graph);
  return { lines: graph.edges.map((edge) => flatten(pairs(drawing.edges.get(edge.id).points))) };
}

async function peer(name, specifier, make) {
  try {
    const require = createRequire(join(process.env.PEERS ?? root, 'package.json'));
    return [name, make(await import(pathToFileURL(require.resolve(specifier)).href))];
  } catch {
    return null;
  }
}

const graphviz = (module) => {
  let loaded;
  return async (graph) => {
    loaded ??= await module.Graphviz.load();
    const nodes = graph.nodes.map((n) => `"${n.id}"[width=${n.width / 72},height=${n.height / 72}${n.kind === 'gate' ? ',shape=circle' : ''}]`);
    const byTarget = graph.edges.map((e, i) => [e, i]).sort((p, q) => (p[0].target < q[0].target ? -1 : p[0].target > q[0].target ? 1 : p[0].operand - q[0].operand));
    const edges = byTarget.map(([e, i]) => `"${e.source}"->"${e.target}"[id=${i},dir=none]`);
    const source = `digraph{rankdir=LR;ranksep=${80 / 72};nodesep=${26 / 72};ordering=in;node[shape=box,fixedsize=true,label=""];${nodes.join(';')};${edges.join(';')}}`;
    const answer = JSON.parse(loaded.layout(source, 'json0', 'dot'));
    const height = Number(answer.bb.split(',')[3]);
    const lines = [];
    for (const edge of answer.edges) {
      const points = edge.pos.split(' ').filter((p) => !/^[es]/.test(p)).map((p) => p.split(',').map(Number));
      lines[Number(edge.id)] = flatten(points.map(([x, y]) => [x, height - y]));
    }
    return { lines };
  };
};

const elk = (module) => {
  const engine = new module.default();
  return async (graph) => {
    const operands = new Map();
    for (const e of graph.edges) operands.set(e.target, Math.max(operands.get(e.target) ?? 0, e.operand + 1));
    const answer = await engine.layout({
      id: 'root',
      layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT', 'elk.edgeRouting': 'POLYLINE', 'elk.layered.spacing.nodeNodeBetweenLayers': '80', 'elk.spacing.nodeNode': '26' },
      children: graph.nodes.map((n) => ({
        id: n.id, width: n.width, height: n.height,
        layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
        ports: [
          { id: `${n.id}:out`, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'EAST', 'elk.port.index': '0' } },
          ...Array.from({ length: operands.get(n.id) ?? 0 }, (_, k) => ({
            id: `${n.id}:in${k}`, width: 0, height: 0,
            layoutOptions: { 'elk.port.side': 'WEST', 'elk.port.index': String(operands.get(n.id) - k) },
          })),
        ],
      })),
      edges: graph.edges.map((e, i) => ({ id: String(i), sources: [`${e.source}:out`], targets: [`${e.target}:in${e.operand}`] })),
    });
    const lines = [];
    for (const edge of answer.edges) {
      const section = edge.sections[0];
      lines[Number(edge.id)] = pairs([section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
    }
    return { lines };
  };
};

const dagre = (module) => (graph) => {
  const engine = module.default ?? module;
  const g = new engine.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: 'LR', ranksep: 80, nodesep: 26 });
  g.setDefaultEdgeLabel(() => ({}));
  for (const n of graph.nodes) g.setNode(n.id, { width: n.width, height: n.height });
  graph.edges.forEach((e, i) => g.setEdge(e.source, e.target, {}, String(i)));
  engine.layout(g);
  return { lines: graph.edges.map((e, i) => pairs(g.edge(e.source, e.target, String(i)).points)) };
};

const engines = [
  ['ours', ours],
  await peer('graphviz', '@hpcc-js/wasm-graphviz', graphviz),
  await peer('elk', 'elkjs', elk),
  await peer('dagre', '@dagrejs/dagre', dagre),
].filter(Boolean);

const cpu = (since) => {
  const used = process.cpuUsage(since);
  return (used.user + used.system) / 1000;
};

const slow = new Set();
console.log(['graph'.padEnd(18), 'nodes', ...engines.map(([name]) => `${name}: CPU ms / crossings / wrong order`.padEnd(42))].join('  '));
for (const [name, make] of Object.entries(cases)) {
  const graph = make();
  if (graph.nodes.length > largest * 1.7) continue;
  const cells = [];
  for (const [engine, run] of engines) {
    if (slow.has(engine)) {
      cells.push('–'.padEnd(42));
      continue;
    }
    try {
      let best = Infinity;
      let drawing;
      for (let repeat = 0; repeat < 3 && (repeat === 0 || best < 2000); repeat++) {
        const start = process.cpuUsage();
        drawing = await run(graph);
        best = Math.min(best, cpu(start));
      }
      if (best > SLOW_PEER / 10) slow.add(engine === 'ours' ? '' : engine);
      const crossings = graph.edges.length > 4000 ? 'not counted' : visibleCrossings(graph, drawing.lines);
      cells.push(`${best.toFixed(1)} / ${crossings} / ${badOrder(graph, drawing.lines)}`.padEnd(42));
    } catch (error) {
      cells.push(`failed: ${String(error.message).slice(0, 30)}`.padEnd(42));
    }
  }
  console.log([name.padEnd(18), String(graph.nodes.length).padStart(5), ...cells].join('  '));
}
