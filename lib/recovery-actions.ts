import { readFileSync } from 'node:fs';
import type { RecoveryActions } from './contract/recovery-actions.js';

/** What the default plan's steps and checks declare, as `npm run schema` wrote it down. */
export const recoveryActions = (): RecoveryActions =>
  JSON.parse(readFileSync(new URL('./contract/recovery-actions.json', import.meta.url), 'utf8')) as RecoveryActions;
