/** What a person can choose for a run that has stopped. */
export const decisions = ['retry', 'skip', 'waive', 'undo', 'abandon'] as const;

export type Decision = (typeof decisions)[number];
