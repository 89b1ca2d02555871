import { inWords, secondsBetween, type Instant } from '../model/time.js';
import { decisionInWords } from './decisions.js';
import { pausedInWords } from './paused.js';
import type { Measured, RunReport } from './run-report.js';

/** The report as a person reads it in a terminal or pastes it into an incident. */
export const textReport = (report: RunReport): string => {
  const { clocks, rows, hold, calls, dns, receipt } = report;
  const zero = clocks.disruptedAt?.at ?? null;
  const lines = [
    `${report.outcome.toUpperCase()}  run ${report.run}  ${report.mode} in the world of ${report.world}${report.seed === null ? '' : `, seed ${report.seed}`}`,
    '',
    ...table([
      ['disrupted', when(clocks.disruptedAt?.at), clocks.disruptedAt?.source ?? ''],
      ['detected', when(clocks.detectedAt?.at, zero), clocks.detectedAt?.source ?? ''],
      ['activated', when(clocks.activatedAt?.at, zero), clocks.activatedAt?.source ?? 'NOT ACTIVATED: nobody with authority has said so'],
      ['serving again', when(clocks.servedAt?.at, zero), clocks.servedAt?.source ?? ''],
    ]),
    '',
    `RTO  ${against(report.rto)}`,
    `RPO  ${against(report.rpo)}`,
    `rows ${rows ? `${rows.before} acknowledged before, ${rows.recovered} recovered, ${rows.lost} lost` : 'not compared'}`,
    `data ${report.recoveryPoint ? `${report.recoveryPoint.arn}, taken ${report.recoveryPoint.snapshotAt}` : 'no recovery point chosen'}`,
    `DNS  ${dns?.switchedAt ? `${dns.name}: ${dns.before.join(', ') || '?'} → ${dns.after.join(', ') || 'not proven'}` : `${dns?.name ?? ''} was not touched`}`,
    `calls to the lost region ${calls?.lostRegion ?? 'not counted'}, control-plane writes in us-east-1 ${calls?.usEast1ControlPlane ?? 'not counted'} (activation to DNS proof)`,
    `receipt ${receipt ? `${receipt.site}, ${receipt.gates.length} gates, stack ${receipt.stackDigest.slice(0, 12)}, until ${receipt.expiresAt}${receipt.waived.length ? `; waived: ${receipt.waived.map(({ task }) => task).join(', ')}` : ''}` : 'none'}`,
    '',
    'Tasks',
    ...table(
      report.tasks.map((task) => [
        `  ${mark(task.state)} ${task.id}`,
        task.team,
        task.state,
        when(task.startedAt ?? undefined, zero),
        took(task),
      ]),
    ),
    '',
    'Gates',
    ...table(
      report.gates.map((gate) => [
        `  ${gate.holds === true ? 'yes' : gate.holds === false ? 'no' : gate.holds}${gate.waived ? ', waived' : ''}`,
        gate.claim,
        gate.observed,
      ]),
    ),
    '',
    ...(report.decisions.length ? ['Decisions', ...report.decisions.map((one) => `  ${decisionInWords(one)}`), ''] : []),
    ...(report.left.length ? ['Left for disposal', ...report.left.map((one) => `  - ${one}`), ''] : []),
    'Not proven',
    ...report.notProven.map((line) => `  - ${line}`),
    '',
    `journal ${report.journal}`,
    ...(report.page === undefined ? [] : [`page    ${report.page}`]),
  ];
  if (report.paused) lines.push('', pausedInWords(report.paused));
  if (hold) lines.push('', `HELD at ${hold.task}: ${hold.reason}`, 'choose one:', ...hold.choices.map((choice) => `  ${choice}`));
  return `${lines.join('\n')}\n`;
};

const mark = (state: string): string =>
  ['verified', 'acknowledged'].includes(state)
    ? '+'
    : state === 'skipped' || state === 'waived'
      ? '!'
      : state === 'undone'
        ? '-'
        : state === 'failed'
          ? 'x'
          : state === 'waiting'
            ? '.'
            : '~';
const took = (task: { startedAt: Instant | null; finishedAt: Instant | null }): string =>
  task.startedAt && task.finishedAt ? `took ${inWords(secondsBetween(task.startedAt, task.finishedAt))}` : '';
const when = (at: Instant | undefined, zero: Instant | null = null): string =>
  at === undefined ? '-' : zero === null ? at : `${at.slice(11, 19)} (+${inWords(secondsBetween(zero, at))})`;
const against = ({ seconds, objectiveSeconds, met }: Measured): string =>
  seconds === null
    ? `not measured; objective ${inWords(objectiveSeconds)}`
    : `${inWords(seconds)} against ${inWords(objectiveSeconds)}: ${met === null ? 'not served yet' : met ? 'met' : 'MISSED'}`;

const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(Math.min(widths[column] ?? 0, 60))))
      .join('  ')
      .trimEnd(),
  );
};
