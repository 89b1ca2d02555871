import type { WorldSummary } from '../doors/world-summary.js';
import { askTwin, urlOf, type Which } from './ask-twin.js';
import { print } from './print.js';
import { summaryText } from './summary-text.js';

/** What is in a running twin now. */
export const summariseTwin = async (which: Which): Promise<void> => {
  const summary = (await askTwin(urlOf(which), 'summary')) as WorldSummary;
  if (which.json) print(summary);
  else process.stdout.write(summaryText(summary));
};
