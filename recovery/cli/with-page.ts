import type { Home } from '../adapters/home.js';
import { writeWhole } from '../adapters/write-whole.js';
import type { RunStore } from '../ports/run-store.js';
import { htmlReport } from '../report/html-report.js';
import type { RunReport } from '../report/run-report.js';
import type { Console } from './command.js';
import { readWhole } from './read-whole.js';

/** Writes the run's page beside its journal, and says where. What was recovered stays recovered where a page cannot be written. */
export const withPage = async (
  console: Console,
  { home, store }: { readonly home: Home; readonly store: RunStore },
  report: RunReport,
): Promise<RunReport> => {
  const page = home.page(report.run);
  try {
    const { plan, entries } = await readWhole(store, report.run);
    await writeWhole(page, htmlReport({ plan, entries, report }));
    return { ...report, page };
  } catch (error) {
    console.err(`${page} could not be written: ${(error as Error).message}; again with: altsite report ${report.run} --html\n`);
    return report;
  }
};
