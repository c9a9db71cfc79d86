// Measures of a drawing, given as one line of corner points per edge.

/** From this size on only gates whose operands cannot be exchanged (− ÷ ^) are asked to keep their order. */
const STRICT_BELOW = 500;

/** Pairs of operands of one gate that should arrive in order from top to bottom and do not. */
export function badOrder(graph, lines) {
  const fixed = new Set(graph.nodes.filter((n) => n.fixedOrder || graph.nodes.length < STRICT_BELOW).map((n) => n.id));
  const incoming = new Map();
  graph.edges.forEach((edge, e) => {
    if (!fixed.has(edge.target)) return;
    const list = incoming.get(edge.target) ?? [];
    list.push(e);
    incoming.set(edge.target, list);
  });
  let bad = 0;
  for (const list of incoming.values()) {
    list.sort((a, b) => graph.edges[a].operand - graph.edges[b].operand);
    for (let i = 1; i < list.length; i++) {
      if (arrival(lines[list[i - 1]]) > arrival(lines[list[i]]) + 0.01) bad++;
    }
  }
  return bad;
}

const BEFORE_END = 12;

/** Height at which a line arrives: its end, tipped a little towards where it comes from. */
function arrival(line) {
  const end = line[line.length - 1];
  let i = line.length - 2;
  while (i > 0 && Math.hypot(line[i][0] - end[0], line[i][1] - end[1]) < BEFORE_END) i--;
  const length = Math.hypot(line[i][0] - end[0], line[i][1] - end[1]);
  return end[1] + (line[i][1] - end[1]) * 0.05 * Math.min(1, BEFORE_END / length);
}

const CELL = 64;

/** Crossings a reader sees: a trunk shared by several edges of one source counts once where it is crossed. */
export function visibleCrossings(graph, lines) {
  const cells = new Map();
  const seen = new Set();
  lines.forEach((line, e) => {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]];
      const piece = { a, b, e, id: e * 4096 + i };
      const right = Math.floor(Math.max(a[0], b[0]) / CELL);
      const bottom = Math.floor(Math.max(a[1], b[1]) / CELL);
      for (let c = Math.floor(Math.min(a[0], b[0]) / CELL); c <= right; c++) {
        for (let r = Math.floor(Math.min(a[1], b[1]) / CELL); r <= bottom; r++) {
          const key = c * 1_000_003 + r;
          const others = cells.get(key);
          if (!others) cells.set(key, [piece]);
          else {
            for (const other of others) {
              const [s, t] = [graph.edges[other.e].source, graph.edges[e].source];
              if (s === t) continue;
              const at = meet(other.a, other.b, a, b);
              if (at) seen.add(`${s < t ? `${s},${t}` : `${t},${s}`}@${Math.round(at[0] / 6)},${Math.round(at[1] / 6)}`);
            }
            others.push(piece);
          }
        }
      }
    }
  });
  return seen.size;
}

/** Where two pieces cross in their inside, or null. */
function meet(a, b, c, d) {
  const det = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
  if (Math.abs(det) < 1e-9) return null;
  const u = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / det;
  const v = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / det;
  return u > 1e-6 && u < 1 - 1e-6 && v > 1e-6 && v < 1 - 1e-6 ? [a[0] + u * (b[0] - a[0]), a[1] + u * (b[1] - a[1])] : null;
}
