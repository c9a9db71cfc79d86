/** What of a slip is lit on the graph. Pure. */
import type { Answer, Diagnosis, SlipMatch } from '../api/model';
import type { LitEdge, StageLit } from '../state';
import { matchNodes } from '../tabs/question';

/** The kept way in accent and what was left out dashed, each with its number; else the gate where it happened. */
export function litOfMatch(answer: Answer, found: Diagnosis, match: SlipMatch): StageLit | null {
  const ids = matchNodes(answer, found.nodes);
  const id = (node: string): string | null => ids.get(node) ?? null;
  const edges = (list: SlipMatch['kept_edges']): LitEdge[] =>
    list.flatMap(({ source, target, operand }) => {
      const [from, to] = [id(source), id(target)];
      return from === null || to === null || from === to ? [] : [{ source: from, target: to, operand }];
    });
  const [kept, dropped] = [edges(match.kept_edges), edges(match.dropped_edges)];
  if (kept.length === 0 && dropped.length === 0) {
    const gate = match.node === null ? null : id(match.node);
    if (gate === null) return null;
    return { nodes: [gate], edges: [], droppedNodes: [], droppedEdges: [], notes: [], rest: 'plain', only: null };
  }
  const notes = [
    ...match.kept.map((term) => ({ term, text: match.kept.length === 1 ? 'your number' : 'kept', tone: 'accent' as const })),
    ...match.left_out.map((term) => ({ term, text: 'left out', tone: 'plain' as const })),
  ].flatMap(({ term, text, tone }) => {
    const at = term.node === null ? null : id(term.node);
    return at === null ? [] : [{ at, text, number: term.shown, tone }];
  });
  const output = answer.nodes.find((node) => node.id === answer.output);
  return {
    nodes: [],
    edges: kept,
    droppedNodes: [],
    droppedEdges: dropped,
    notes,
    rest: 'plain',
    only: { from: found.node.latex, to: output?.latex ?? 'f' },
  };
}
