/** IAM actions by who calls them, sorted: each team by what its tasks use, and `orchestrator`, the recovery around them (`recovery-actions.json`). */
export type RecoveryActions = Readonly<Record<string, readonly string[]>>;
