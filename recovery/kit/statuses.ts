import { RecoveryError } from '../model/recovery-error.js';

/** Which statuses of a resource mean "on the way" and which mean "there"; anything else is a surprise. */
export interface Statuses {
  readonly of: string;
  readonly onTheWay: readonly string[];
  readonly goal: readonly string[];
}

/** @throws RecoveryError `unexpected-status`, naming thing and status, for a status in neither list. */
export const classify = (statuses: Statuses, thing: string, status: string | undefined, detail = ''): 'on-the-way' | 'goal' => {
  if (status !== undefined && statuses.goal.includes(status)) return 'goal';
  if (status !== undefined && statuses.onTheWay.includes(status)) return 'on-the-way';
  throw new RecoveryError(
    'unexpected-status',
    'unexpected-status',
    `${statuses.of} ${thing} is ${status ?? 'without a status'}${detail ? ` (${detail})` : ''}; expected ${[...statuses.onTheWay, ...statuses.goal].join(', ')}`,
  );
};
