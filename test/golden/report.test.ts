import { describe, it } from '@jest/globals';
import { progress } from '../../recovery/cli/progress.js';
import { textReport } from '../../recovery/report/text-report.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { expectGolden } from '../helpers/golden.js';
import { entriesOf, opening, pageOf, plan, recovers, reportOf, smokeFails } from '../helpers/sample-run.js';

describe('what people read of a run', () => {
  it('is what was last reviewed: recovered', () => expectGolden('cli/report-recovered.txt', textReport(reportOf(opening, recovers))));
  it('is what was last reviewed: held', () => expectGolden('cli/report-held.txt', textReport(reportOf(opening, smokeFails))));

  it('is what was last reviewed: the page, recovered', () => expectGolden('page/recovered.html', pageOf([...opening, ...recovers])));
  it('is what was last reviewed: the page, held', () => expectGolden('page/held.html', pageOf([...opening, ...smokeFails])));

  it('is what was last reviewed: progress, held, decided and resumed', () => {
    const { console, said } = capturedConsole();
    const entries = entriesOf([
      ...opening,
      ...smokeFails,
      [45, { kind: 'decided', task: 'smoke', decision: 'retry', by: 'cto', reason: 'application fixed' }],
      [65, { kind: 'resumed', notice: 'cut off 12 bytes' }],
      [65, { kind: 'started', task: 'smoke', attempt: 2 }],
      ...recovers.map(([at, happening]) => [at + 35, happening] as const),
    ]);
    const [first] = entries;
    const watch = progress(console, plan, '2030-01-01T02:00:00.000Z', first?.at ?? '', () => '2030-01-01T02:20:05.000Z');
    for (const entry of entries) {
      watch.entry(entry);
      if (entry.kind === "accepted") for (const text of ['job pending', 'job pending', 'job running']) watch.look(plan.tasks[0]!, text);
    }
    expectGolden('cli/progress.txt', said.err);
  });
});
