import { fileURLToPath } from 'node:url';
import type { Client } from './driver.js';
import { lineDriver } from './line-driver.js';

/** The AWS SDK for JavaScript, version 2: no longer maintained, and still in use. */
export const sdkV2: Client = {
  name: 'SDK v2',
  missing: () => undefined,
  open: (environment) => lineDriver(process.execPath, [fileURLToPath(new URL('./sdk-v2-calls.mjs', import.meta.url))], environment),
};
