import { askTwin, urlOf, type Which } from './ask-twin.js';
import { print } from './print.js';

export interface FaultOptions extends Which {
  readonly region: string;
  /** Seconds. */
  readonly for?: number;
  readonly with?: object;
}

/** Into a running twin; what happens later the twin remembers. */
export const injectFault = async (name: string, options: FaultOptions): Promise<void> => {
  const { region, json } = options;
  const answer = await askTwin(urlOf(options), 'faults', { name, region, forSeconds: options.for, with: options.with });
  if (json) print(answer);
};
