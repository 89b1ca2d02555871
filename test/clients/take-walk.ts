import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Driver, Output } from './drivers/driver.js';

/** What a walk keeps from one step for the next, and the client's own name within names. */
export type Kept = Readonly<Record<string, string>> & { readonly me: string };

/** A place in an answer: `DBSnapshots.0.Status`; `*` is every member of a list, `{}` the JSON in a text, `@` a time as ISO 8601. */
export type Place = string;

export interface Step {
  /** Said instead of service and operation, where many steps are about the same. */
  readonly title?: string;
  readonly service: string;
  readonly operation: string;
  /** eu-west-1 unless said. */
  readonly region?: string;
  readonly input: (kept: Kept) => Record<string, unknown>;
  /** Asked again until what stands there matches, for what takes time. */
  readonly until?: readonly [Place, RegExp];
  /** Asked again while it is refused with this code: another client's work is in the way. */
  readonly whileRefused?: string;
  readonly keep?: Readonly<Record<string, Place>>;
  /** What is compared; an error is compared by its code and message. */
  readonly see: readonly Place[];
}

const patienceMs = 120_000;
const pauseMs = 250;

/** What stands at a place. */
export const at = (value: unknown, place: Place): unknown => {
  const [part, ...rest] = place.split('.');
  const further = (next: unknown): unknown => (rest.length === 0 ? next : at(next, rest.join('.')));
  if (value === undefined || value === null) return undefined;
  if (part === '*') return (value as unknown[]).map(further).sort();
  if (part === '{}') return further(JSON.parse(value as string));
  if (part === '@') return new Date(value as string).toISOString();
  return further((value as Record<string, unknown>)[part!]);
};

const isOver = ({ until, whileRefused }: Step, answer: Answer): boolean => {
  if ('error' in answer) return !whileRefused || !answer.error.code.startsWith(whileRefused);
  if (!until) return true;
  return until[1].test(JSON.stringify(at(answer.output, until[0]) ?? ''));
};

const asked = async (step: Step, kept: Kept, driver: Driver): Promise<Answer> => {
  const call = { service: step.service, operation: step.operation, region: step.region ?? 'eu-west-1', input: step.input(kept) };
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await driver.call(call);
    if (isOver(step, answer) || performance.now() > deadline) return answer;
    await pause(pauseMs);
  }
};

/** Names of nothing but this walk are told apart by the client; seen without it, the walks are the same. */
const anonymous = (text: string, { me, ...own }: Kept): string =>
  Object.entries(own)
    .sort(([, one], [, other]) => other.length - one.length)
    .reduce((seen, [name, value]) => seen.replaceAll(value, `<${name}>`), text)
    .replaceAll(me, 'ME');

const keepFrom = ({ keep = {} }: Step, output: Output): Record<string, string> =>
  Object.fromEntries(Object.entries(keep).map(([name, place]) => [name, String(at(output, place))]));

/** Takes every step with one client: a line for each, the same for every client that sees the same world. */
export const takeWalk = async (walk: readonly Step[], me: string, driver: Driver): Promise<string[]> => {
  let kept: Kept = { me };
  const lines: string[] = [];
  for (const step of walk) {
    const answer = await asked(step, kept, driver);
    if ('output' in answer) kept = { ...kept, ...keepFrom(step, answer.output) };
    const values = 'output' in answer ? step.see.map((place) => JSON.stringify(at(answer.output, place)) ?? 'nothing') : [];
    const seen =
      'output' in answer
        ? ['done', ...values].slice(values.length > 0 ? 1 : 0).join(', ')
        : `${answer.error.code}: ${answer.error.message}`;
    const where = step.region === undefined ? '' : ` in ${step.region}`;
    lines.push(anonymous(`${step.title ?? `${step.service} ${step.operation}${where}`} → ${seen}`, kept));
    // What comes later builds on it.
    if (step.until && ('error' in answer || !isOver(step, answer))) return [...lines, 'the walk ends here'];
  }
  return lines;
};
