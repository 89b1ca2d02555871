import type { Settings } from '../../lib/contract/settings.js';
import { keptLedger } from '../adapters/kept-ledger.js';
import type { Ledger } from '../model/ledger.js';
import type { Instant } from '../model/time.js';
import type { Writer } from '../ports/run-store.js';
import type { RunReport } from '../report/run-report.js';
import { appendAfterRun } from './append-after-run.js';
import type { Composed } from './compose.js';
import { readBack } from './read-back.js';

/** What clients were promised against what is there. */
export interface Compared {
  readonly before: number;
  readonly recovered: number;
  readonly lost: number;
  /** Ids that the recovery point does not account for: lost though older than it, there though younger, or never acknowledged. */
  readonly unexplained: readonly string[];
}

/** Whether a row should be there is told by the snapshot's time; of one written in its very instant nobody can say. */
export const compared = (acknowledged: Ledger['acknowledged'], present: ReadonlySet<string>, snapshotAt: Instant): Compared => {
  const lost = acknowledged.filter(({ id }) => !present.has(id));
  const known = new Set(acknowledged.map(({ id }) => id));
  return {
    before: acknowledged.length,
    recovered: acknowledged.length - lost.length,
    lost: lost.length,
    unexplained: [
      ...acknowledged.filter(({ id, at }) => (present.has(id) ? at > snapshotAt : at < snapshotAt)).map(({ id }) => id),
      ...[...present].filter((id) => !known.has(id)),
    ],
  };
};

/**
 * Where a ledger was kept for this twin and the run recovered: reads every row back over HTTP by the customers' name, compares, and writes
 * the result into the run's journal. Otherwise the report as it is, which says that nobody compared.
 */
export const compareRows = async (world: Composed, writer: Writer, settings: Settings, report: RunReport): Promise<RunReport> => {
  if (report.outcome !== 'recovered' || report.rows || !world.twin) return report;
  const ledger = await keptLedger(world.home, world.twin.url);
  if (!ledger) return report;
  const present = await readBack(world.network, settings);
  const result = compared(ledger.acknowledged, present, report.recoveryPoint?.snapshotAt ?? '');
  const source = `client ledger against GET /orders at ${settings.webName}, and the recovery point's snapshot time`;
  return appendAfterRun(world.store, report.run, writer, { kind: 'rows-compared', ...result, source }, world.clock.now());
};
