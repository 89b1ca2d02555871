import { isAlive } from '../running-twins.js';
import { askTwin, urlOf, type Which } from './ask-twin.js';
import { print } from './print.js';

/** Comes back once the twin's process is gone. */
export const stopTwin = async ({ json, ...which }: Which): Promise<void> => {
  const url = urlOf(which);
  const { pid } = (await askTwin(url, 'stop', {})) as { pid: number };
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  if (json) print({ stopped: url, pid });
};
