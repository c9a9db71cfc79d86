/** A composite gate: open or collapse it, and what it is made of. */
import type { App } from '../app';
import { expansion } from '../explain/chain';
import { compositeSentence } from '../explain/words';
import type { GateSubject, Subject } from '../explain/subject';
import { renderTex } from '../math';
import { button, element } from './elements';
import { maybeSentence } from './inspector-prose';

export interface GroupControls {
  root: HTMLElement;
  update(subject: Subject): void;
}

export function groupControls({ actions }: App): GroupControls {
  let group: GateSubject | null = null;
  const formula = element('div', 'group-formula');
  const toggle = button('button group-toggle', () => {
    if (group?.gate.group) actions.toggleGroup(group.gate.group.id);
  });
  const note = element('p', 'group-note');
  const root = element('div', 'group-controls', { hidden: true }, element('div', 'group-row', {}, formula, toggle), note);
  return {
    root,
    update(subject) {
      group = subject.kind === 'gate' && subject.gate.group ? subject : null;
      root.hidden = group === null;
      if (!group) return;
      toggle.textContent = group.open ? 'Collapse' : 'Open';
      toggle.title = group.open ? 'Draw it as one gate (e)' : 'Draw its gates (e)';
      const made = expansion(group.gate);
      formula.hidden = made === null;
      if (made) renderTex(formula, made);
      maybeSentence(note, group.agrees === null ? null : compositeSentence(group.agrees));
    },
  };
}
