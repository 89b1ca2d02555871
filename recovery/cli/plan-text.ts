import { inWords } from '../model/time.js';
import type { PlanOverview, TaskLine } from '../planning/plan-overview.js';
import { lintLines } from './lint-lines.js';

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
    `     ${'starts'.padEnd(14)}${'takes'.padEnd(13)}${'basis'.padEnd(12)}${'task'.padEnd(32)}after`,
    ...overview.tasks.flatMap((task) => [...(task.id === pointOfNoReturn?.task ? [noReturn(overview)] : []), ...taskLines(task)]),
    '',
    '* on the critical path: shorten these   ! cannot be undone   = a gate   ? waits for people',
    ...restsOn(overview.tasks),
    '',
    ...section('left out', overview.leftOut.map(leftOutLine)),
    ...section(
      'undecided',
      overview.undecided.map(({ task, onlyWhere }) => `${task}: done only where ${onlyWhere}`),
    ),
    ...entry('lints', lintLines(overview.lints)),
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

/** Where a task line says what comes before it. */
const afterColumn = 76;

const taskLines = ({ id, does, effect, critical, after, startsAfterSeconds, expectedSeconds, duration }: TaskLine): string[] => {
  const kind = effect !== 'reversible' ? '!' : does === 'gate' ? '=' : does === 'ask' ? '?' : ' ';
  const takes = `${does === 'ask' ? 'up to ' : ''}${about(expectedSeconds)}`;
  const [first = '', ...more] = wrapped(after.join(', '), columns - afterColumn);
  const starts = `+${about(startsAfterSeconds)}`;
  const head = `  ${critical ? '*' : ' '}${kind} ${padded(starts, 14)}${padded(takes, 13)}${padded(basis(does, duration), 12)}${padded(id, 32)}`;
  return [`${head}${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(afterColumn)}${line}`)];
};

/** At least so wide, and a blank before what follows. */
const padded = (text: string, width: number): string => `${text.padEnd(width - 1)} `;

const sources = { assumption: 'assumed', drill: 'drill', history: 'run' } as const;
const basis = (does: TaskLine['does'], { source, samples }: TaskLine['duration']): string =>
  does === 'ask' ? 'limit' : samples === 0 ? sources[source] : `${samples} ${sources[source]}${samples === 1 ? '' : 's'}`;

/** What durations rest on, as far as any is measured. */
const restsOn = (tasks: readonly TaskLine[]): string[] =>
  tasks.some(({ duration }) => duration.samples > 0)
    ? ['basis: the median of so many runs in AWS, or of drills where there is none of those']
    : [];

const leftOutLine = ({ task, does, because }: PlanOverview['leftOut'][number]): string =>
  `${task}${does === 'gate' ? ', a gate: nothing of what it asks will be proven' : ''}: ${because}`;

/** A heading with its lines and a blank one after them; nothing where there are none. */
const section = (heading: string, lines: readonly string[]): string[] => (lines.length ? [...entry(heading, lines), ''] : []);

/** A heading, and beside it each of its lines, wrapped. */
const entry = (heading: string, lines: readonly string[]): string[] =>
  lines
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      return wrapped(line.trim(), columns - 10 - indent.length, 2).map((part, at) => `${indent}${at ? '  ' : ''}${part}`);
    })
    .map((line, at) => `${(at ? '' : heading).padEnd(10)}${line}`);

/** Lines of at most `width` characters, all but the first by `hanging` fewer, broken at blanks; what has none stays whole, so that a command can be copied. */
const wrapped = (text: string, width: number, hanging = 0): string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    const room = lines.length > 1 ? width - hanging : width;
    if (last === undefined || `${last} ${word}`.length > room) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
