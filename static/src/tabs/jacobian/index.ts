/**
 * The Jacobian tab: any outputs by any leaves, or the second derivatives of one output; the entry that is selected is
 * explained below the matrix and lit in the graph beside it.
 */
import type { Answer, Problem } from '../../api/model';
import type { HessianAnswer, JacobianAnswer } from '../../api/types';
import type { App } from '../../app';
import { matchNodes, question } from '../question';
import { backwardExtra, hessianExtra, jacobianExtra } from './choices';
import { createPanes } from './panes';
import { jacobianTools } from './tools';
import { chosenPlace, outputOf, readHessian, readJacobian, type Matrix, type Place } from './view';

export function jacobianTab(panel: HTMLElement, tools: HTMLElement, app: App): () => void {
  const { store, actions, operations } = app;
  let matrix: Matrix | null = null;
  let backward: Answer | null = null;
  let backwardOf: string | null = null;
  let stopBackward = (): void => undefined;

  jacobianTools(tools, app, () => matrix);
  const panes = createPanes(app, {
    select: (place) => select(place),
    point: (id) => actions.hover(id === null ? null : standsFor(id.replace(/^output:/, ''))),
    pick: (id) => pick(id),
  });
  panel.append(panes.root);

  /** The node of the Graph tab that a node of the picture is; a gradient is that of its node. */
  function standsFor(id: string): string | null {
    const { answer, tabs } = store.get();
    if (!answer) return null;
    if (!tabs.backwardGraph) return matrix?.graph ? (matchNodes(answer, matrix.graph.nodes).get(id) ?? null) : null;
    const label = backward?.nodes.find((node) => node.id === id)?.label.replace(/^grad_/, '');
    return answer.nodes.find((node) => node.label === label && node.group === null)?.id ?? null;
  }

  function select({ output, leaf }: Place): void {
    const [row, column] = [matrix?.outputs[output], matrix?.leaves[leaf]];
    if (row && column) actions.setTabs({ cell: { row: row.label, column: column.label } });
  }

  /** A node of the picture that heads a row or a column selects it. */
  function pick(id: string): void {
    const place = matrix && chosenPlace(matrix, store.get().tabs.cell);
    if (!matrix || !place || store.get().tabs.backwardGraph) return;
    const bare = id.replace(/^output:/, '');
    const [output, leaf] = [matrix.outputs.findIndex((head) => head.id === bare), matrix.leaves.findIndex((head) => head.id === bare)];
    if (leaf >= 0 && (output < 0 || matrix.hessian)) select({ ...place, leaf });
    else if (output >= 0) select({ ...place, output });
  }

  function show(): void {
    if (!matrix) return;
    askBackward();
    panes.show(matrix, backward, store.get(), operations);
  }

  /** Which output it is of is known when the matrix is: the question is put anew for each. */
  function askBackward(): void {
    const output = matrix?.tensors ? null : (outputOf(matrix, store.get().tabs.cell)?.label ?? null);
    if (output === backwardOf) return;
    backwardOf = output;
    stopBackward();
    stopBackward = question<Answer>(
      app,
      '/backward',
      ({ tabs }) => backwardExtra(output, tabs),
      (answer) => {
        backward = answer;
        show();
      },
      problem,
    );
  }

  function answered(next: Matrix): void {
    matrix = next;
    panes.say(null);
    show();
  }
  const problem = ([first]: readonly Problem[]): void => panes.say(first ? `${first.message} ${first.hint ?? ''}`.trim() : null);

  const stops = [
    question<JacobianAnswer>(app, '/jacobian', ({ answer, tabs, selection }) => answer && jacobianExtra(answer, tabs, selection?.kind === 'node' ? selection.id : null), (answer) => answered(readJacobian(answer)), problem),
    question<HessianAnswer>(app, '/hessian', ({ answer, tabs }) => answer && hessianExtra(answer, tabs), (answer) => answered(readHessian(answer)), problem),
  ];
  store.watch((state) => state.tabs, show);
  store.watch((state) => state.view.decimals, show);
  store.watch((state) => state.answer, show);
  return () => {
    for (const stop of [...stops, stopBackward]) stop();
    actions.hover(null);
  };
}
