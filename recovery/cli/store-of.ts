import { fileStore } from '../adapters/file-store.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunStore } from '../ports/run-store.js';
import type { Console } from './command.js';
import { homeOf } from './home-of.js';
import type { StoreOptions } from './store-options.js';

/** The store that the options name. SDK clients are loaded for a bucket only. @throws RecoveryError `invalid` for one that is none. */
export const storeOf = async (console: Console, options: StoreOptions): Promise<RunStore> => {
  const kind = options.store ?? (options.world === 'aws' ? 's3' : 'file');
  if (kind === 'file') return fileStore(homeOf(console));
  if (kind === 's3') return (await import('./s3-store-of.js')).s3StoreOf(console, options);
  throw new RecoveryError('invalid', 'unknown-store', `--store ${kind} is no store; it can be file or s3`);
};
