/** The first node that is not a finite number, and the reason. */
import type { Answer } from '../api/model';

export interface Alarm {
  node: string;
  sentence: string;
}

export function alarmOf(answer: Answer, standsFor: ReadonlyMap<string, string>): Alarm | null {
  const remark = answer.warnings.find(({ code, node }) => code === 'not-finite' && node !== null);
  return remark?.node ? { node: standsFor.get(remark.node) ?? remark.node, sentence: remark.message } : null;
}
