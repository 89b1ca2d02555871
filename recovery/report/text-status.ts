import { inWords, secondsBetween, type Instant } from '../model/time.js';
import { decisionInWords } from './decisions.js';
import { pausedInWords } from './paused.js';
import type { RunStatus, TaskStatus } from './run-status.js';

/** Where a run stands, as a person reads it. */
export const textStatus = (status: RunStatus): string => {
  const { run, outcome, mode, world, asOf, now, hold, decisions, left, next, follow } = status;
  const lines = [
    `${outcome.toUpperCase()}  run ${run}  ${mode} in the world of ${world}; ${carriedOut(status)}`,
    `as of ${asOf.at}, entry ${asOf.entry}; ${now === null ? 'what time it is in its world now nobody could say' : `now it is ${now} there`}`,
    '',
    `RTO  ${rto(status)}`,
    `RPO  ${rpo(status)}`,
    ...(status.activatedAt === null
      ? ['', 'NOT ACTIVATED: only what can be undone is done until somebody with authority activates the plan']
      : []),
    ...(status.paused ? ['', pausedInWords(status.paused)] : []),
    ...(hold ? ['', `HELD at ${hold.task}: ${hold.reason}`, 'choose one:', ...hold.choices.map((choice) => `  ${choice}`)] : []),
    ...section(
      'Waiting for',
      status.waitingFor.map((one) => waiting(run, one, now ?? asOf.at)),
    ),
    '',
    'Tasks',
    ...status.tasks.map(taskLine(Math.max(...status.tasks.map(({ id }) => id.length)))),
    ...section('Decided', decisions.map(decisionInWords)),
    ...section('Left for disposal', left),
    '',
    ...(next.length ? [`next: ${next.join(', ')}, once what it needs is finished`] : []),
    `then: ${follow}`,
  ];
  return `${lines.join('\n')}\n`;
};

const carriedOut = ({ writer, outcome, hold }: RunStatus): string => {
  if (writer !== null) return `carried out by ${writer}`;
  return hold || !['running', 'held'].includes(outcome) ? 'no process is at it' : 'NO PROCESS IS AT IT: it was interrupted';
};

const rto = ({ rto: { seconds, objectiveSeconds, met, running, secondsNow } }: RunStatus): string => {
  const of = `of ${inWords(objectiveSeconds)}`;
  if (seconds === null) return `not begun; objective ${inWords(objectiveSeconds)}`;
  if (met !== null) return `${inWords(seconds)} ${of}: ${met ? 'met' : 'MISSED'}`;
  if (!running) return `${inWords(seconds)} ${of} when the run ended, and nothing was served`;
  const over = (secondsNow ?? seconds) > objectiveSeconds ? ': OVER' : '';
  return `${inWords(seconds)} ${of}${secondsNow === null ? '' : `, ${inWords(secondsNow)} now`}${over}`;
};

const rpo = ({ rpo: { seconds, objectiveSeconds, met } }: RunStatus): string => {
  if (seconds === null) return `no recovery point chosen yet; objective ${inWords(objectiveSeconds)}`;
  return `${inWords(seconds)} of data ${met === null ? 'would be ' : ''}lost, objective ${inWords(objectiveSeconds)}: ${met === null ? 'not served yet' : met ? 'met' : 'MISSED'}`;
};

const waiting = (run: string, { task, owner, since, limitSeconds }: RunStatus['waitingFor'][number], now: Instant): string => {
  const waited = secondsBetween(since, now);
  const late = waited >= limitSeconds ? ' (over its limit)' : '';
  return `${owner} since ${since.slice(11, 19)}, ${inWords(waited)} of ${inWords(limitSeconds)}${late}: altsite ack ${run} ${task}`;
};

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length ? ['', heading, ...lines.map((line) => `  ${line}`)] : [];

const taskLine =
  (widest: number) =>
  ({ id, state, attempts, elapsedSeconds, expectedSeconds }: TaskStatus): string => {
    const again = attempts > 1 ? `, attempt ${attempts}` : '';
    const time =
      elapsedSeconds === null ? `about ${inWords(expectedSeconds)}` : `${inWords(elapsedSeconds)} of about ${inWords(expectedSeconds)}`;
    return `  ${id.padEnd(widest)}  ${`${state}${again}`.padEnd(24)}${time}`;
  };
