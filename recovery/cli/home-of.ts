import { isAbsolute, join } from 'node:path';
import { homeAt, type Home } from '../adapters/home.js';
import type { Console } from './command.js';

/** The folder all state lives in, as the environment names it. */
export const homeOf = ({ environment, cwd }: Pick<Console, 'environment' | 'cwd'>): Home => {
  const named = environment['ALTSITE_HOME'] ?? '.altsite';
  return homeAt(isAbsolute(named) ? named : join(cwd, named));
};
