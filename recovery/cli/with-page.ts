import { readRun, writeWhole, type Home } from '../adapters/home.js';
import { htmlReport } from '../report/html-report.js';
import type { RunReport } from '../report/run-report.js';
import type { Console } from './command.js';

/** Writes the run's page beside its journal, and says where. What was recovered stays recovered where a page cannot be written. */
export const withPage = async (console: Console, home: Home, report: RunReport): Promise<RunReport> => {
  const page = home.page(report.run);
  try {
    const { plan, entries } = await readRun(home, report.run);
    await writeWhole(page, htmlReport({ plan, entries, report }));
    return { ...report, page };
  } catch (error) {
    console.err(`${page} could not be written: ${(error as Error).message}; again with: altsite report ${report.run} --html\n`);
    return report;
  }
};
