import { inWords } from '../model/time.js';
import type { PlanOverview, TaskLine } from '../planning/plan-overview.js';

/** `13 min`, `1 min 30 s`, `24 h`: nobody plans a run to the second of an hour. */
const about = (seconds: number): string => inWords(seconds).replaceAll(/ 00 (min|s)\b/g, '');

/** Columns of a terminal that is not wide. */
const columns = 100;

/** A plan as people read it before they start it: what happens when, what decides the duration, what cannot be undone, who is needed. */
export const planText = (overview: PlanOverview): string => {
  const { title, mode, world, from, to, plan, survey, expected, pointOfNoReturn, next } = overview;
  const place = ({ name, region }: PlanOverview['from']): string => `${name} (${region})`;
  const lines = [
    `${title}: ${mode} from ${place(from)} to ${place(to)}`,
    plan === null ? 'NOT SURVEYED: made from its documents alone; nothing was saved, and it cannot be carried out' : `plan ${plan}`,
    ...(survey[0] ? [`surveyed ${survey[0].at} in the world of ${world}, ${survey.length} facts; kept in $ALTSITE_HOME/plans`] : []),
    '',
    ...entry('expected', [
      `${about(expected.seconds)} from activation to the end of the last task`,
      `objective ${about(expected.objectiveSeconds)} from the disruption: ${expected.within ? 'within it, before detection and decision' : 'MISSED, even if nothing goes wrong'}`,
    ]),
    '',
    `     ${'starts'.padEnd(14)}${'takes'.padEnd(16)}${'task'.padEnd(32)}after`,
    ...overview.tasks.flatMap((task) => [...(task.id === pointOfNoReturn?.task ? [noReturn(overview)] : []), ...taskLines(task)]),
    '',
    '* on the critical path: shorten these   ! cannot be undone   = a gate   ? waits for people',
    '',
    ...entry('people', [
      `${overview.people.authority.join(', then ')}: activate the plan, authorise what cannot be undone, waive a gate`,
      ...overview.people.asks.map(({ owner, request, withinSeconds }) => `${owner}, within ${about(withinSeconds)}: ${request}`),
    ]),
    '',
    ...entry(
      'DNS',
      overview.dns.flatMap(({ tier, available, observed, needs }) => [
        `${tier}: ${available === true ? 'available' : available === 'unknown' ? 'unknown' : 'not available'}; ${observed}`,
        `  needs ${needs}`,
      ]),
    ),
    '',
    ...(overview.quotas.length ? [...entry('quotas', overview.quotas.map(quotaLine)), ''] : []),
    ...entry('next', [next]),
  ];
  return `${lines.join('\n')}\n`;
};

const quotaLine = ({ name, needed, quota }: PlanOverview['quotas'][number]): string =>
  quota ? `${name} in ${quota.region}: ${quota.used} of ${quota.limit} used, ${needed} more needed` : `${name}: not read, ${needed} needed`;

const noReturn = ({ people }: PlanOverview): string =>
  `  ── point of no return: what follows cannot be undone, and ${people.authority[0] ?? 'nobody'} has to authorise it ──`;

const taskLines = ({ id, does, effect, critical, after, startsAfterSeconds, expectedSeconds }: TaskLine): string[] => {
  const kind = effect !== 'reversible' ? '!' : does === 'gate' ? '=' : does === 'ask' ? '?' : ' ';
  const takes = `${does === 'ask' ? 'up to ' : ''}${about(expectedSeconds)}`;
  const [first = '', ...more] = wrapped(after.join(', '), columns - 67);
  const head = `  ${critical ? '*' : ' '}${kind} ${`+${about(startsAfterSeconds)}`.padEnd(14)}${takes.padEnd(16)}${id.padEnd(32)}`;
  return [`${head}${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(67)}${line}`)];
};

/** A heading, and beside it each of its lines, wrapped. */
const entry = (heading: string, lines: readonly string[]): string[] =>
  lines
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      return wrapped(line.trim(), columns - 10 - indent.length).map((part, at) => `${indent}${at ? '  ' : ''}${part}`);
    })
    .map((line, at) => `${(at ? '' : heading).padEnd(10)}${line}`);

/** Lines of at most `width` characters, broken at blanks; what has none stays whole, so that a command can be copied. */
const wrapped = (text: string, width: number): string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || `${last} ${word}`.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
