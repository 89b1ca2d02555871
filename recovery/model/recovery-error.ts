/**
 * What happens next when something went wrong:
 * `transient` look again · `rejected`, `unexpected-status`, `timed-out`, `unverified` hold · `declined` stop quietly ·
 * `invalid` never starts · `fenced` stop at once, write nothing · `bug` crash with the journal intact.
 */
export type ErrorKind =
  'transient' | 'rejected' | 'unexpected-status' | 'timed-out' | 'unverified' | 'declined' | 'invalid' | 'fenced' | 'bug';

/** One thing wrong in a document a person wrote. Lines and columns start at 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line as it stands in the file; absent where it is too long to show. */
  readonly text?: string;
  readonly value: unknown;
  readonly fix: string;
}

/** The one error of the recovery; its kind decides what the engine does with it. */
export class RecoveryError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly problems: readonly Problem[];
  /** AWS's Retry-After; 0: it gave none. */
  readonly retryAfterSeconds: number;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { cause?: unknown; problems?: readonly Problem[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RecoveryError';
    this.kind = kind;
    this.code = code;
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? 0;
  }
}

/** An error as the journal keeps it: plain, with its causes' messages. */
export interface RecordedError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly causes: readonly string[];
}

export const recordedError = (error: unknown): RecordedError => {
  const causes: string[] = [];
  for (let cause = error instanceof Error ? error.cause : undefined; cause instanceof Error; cause = cause.cause)
    causes.push(cause.message);
  if (error instanceof RecoveryError) return { kind: error.kind, code: error.code, message: error.message, causes };
  return {
    kind: 'bug',
    code: error instanceof Error ? error.name : 'unknown',
    message: error instanceof Error ? error.message : String(error),
    causes,
  };
};
