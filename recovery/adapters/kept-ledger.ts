import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../model/ledger.js';
import type { Home } from './home.js';
import { writeWhole } from './write-whole.js';

/** Kept with the twin it was written through: whoever finishes a run there can tell which rows were lost. */
const ledgerFile = ({ twins }: Home, twinUrl: string): string => join(twins, new URL(twinUrl).port, 'ledger.json');

export const keepLedger = (home: Home, twinUrl: string, ledger: Ledger): Promise<void> =>
  writeWhole(ledgerFile(home, twinUrl), `${JSON.stringify(ledger)}\n`);

/** Null where nobody kept one. */
export const keptLedger = async (home: Home, twinUrl: string): Promise<Ledger | null> => {
  const text = await readFile(ledgerFile(home, twinUrl), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as Ledger);
};
