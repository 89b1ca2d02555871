import { readFileSync } from 'node:fs';

/** IAM actions by who calls them: a team's id, or `orchestrator`. */
export type RecoveryActions = Readonly<Record<string, readonly string[]>>;

/** What the default plan's steps and checks declare, as `npm run schema` wrote it down. */
export const recoveryActions = (): RecoveryActions =>
  JSON.parse(readFileSync(new URL('./contract/recovery-actions.json', import.meta.url), 'utf8')) as RecoveryActions;
