import { ImpossibleFault, type FaultTarget } from './fault.js';

type Given = Readonly<Record<string, unknown>>;
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Refuses parameters that the fault does not have. @throws ImpossibleFault */
export const only = (fault: string, given: Given, known: readonly string[]): void => {
  const others = Object.keys(given).filter((name) => !known.includes(name));
  if (others.length === 0) return;
  const takes = known.length > 0 ? `takes ${known.join(', ')}` : 'takes no parameters';
  throw new ImpossibleFault(`${fault} has no ${others.join(', ')}: it ${takes}`);
};

/** One of a few words. Without `otherwise` it has to be given. @throws ImpossibleFault */
export const oneOf = <Word extends string>(target: FaultTarget, name: string, words: readonly Word[], otherwise?: Word): Word => {
  const given = target.with?.[name] ?? otherwise;
  if (words.includes(given as Word)) return given as Word;
  throw new ImpossibleFault(`${name} has to be one of ${words.join(', ')}, not ${shown(given)}`);
};

/** A number within bounds, both included. @throws ImpossibleFault */
export const within = (target: FaultTarget, name: string, [least, most]: readonly [number, number], otherwise: number): number => {
  const given = target.with?.[name] ?? otherwise;
  if (typeof given === 'number' && given >= least && given <= most) return given;
  throw new ImpossibleFault(`${name} has to be a number from ${least} to ${most}, not ${shown(given)}`);
};

/** Text, where it is given at all. @throws ImpossibleFault */
export const optionalText = (target: FaultTarget, name: string): string | undefined => {
  const given = target.with?.[name];
  if (given === undefined || (typeof given === 'string' && given !== '')) return given;
  throw new ImpossibleFault(`${name} has to be text, not ${shown(given)}`);
};

/** The id of a service as in its SDK package (`rds`, `cloudwatch-logs`), where one is given. @throws ImpossibleFault */
export const optionalService = (target: FaultTarget): string | undefined => {
  const given = optionalText(target, 'service');
  if (given === undefined || /^[a-z0-9-]+$/.test(given)) return given;
  throw new ImpossibleFault(`service has to be the name of an SDK package such as rds or cloudwatch-logs, not ${shown(given)}`);
};
