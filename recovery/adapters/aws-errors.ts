import { RecoveryError, type ErrorKind } from '../model/recovery-error.js';

/** Error names that mean "ask again soon" in every service (AWS common errors, SDK retry classification). */
const transientNames = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'PriorRequestNotComplete',
  'ConditionalRequestConflict',
  'OperationAborted',
  'InternalError',
  'InternalFailure',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'RequestTimeout',
  'AbortError',
  'NetworkingError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
  readonly $response?: { headers?: Readonly<Record<string, string>> };
}

/** The one place where AWS's names for what went wrong become ours for what happens next; the error's name is kept in `code`. */
export const fromAws = (error: unknown, call: string): RecoveryError => {
  if (error instanceof RecoveryError) return error;
  if (!(error instanceof Error)) return new RecoveryError('bug', 'not-an-error', `${call} threw ${String(error)}`);
  const { name, code, $metadata, $response } = error as SdkError;
  const known = [name, code ?? ''].find((one) => transientNames.has(one));
  const status = $metadata?.httpStatusCode;
  const kind: ErrorKind = known !== undefined || (status !== undefined && status >= 500 && status !== 501) ? 'transient' : 'rejected';
  const retryAfterSeconds = secondsIn($response?.headers?.['retry-after']);
  return new RecoveryError(kind, name === 'Error' ? (code ?? name) : name, `${call}: ${error.message || name}`, {
    cause: error,
    retryAfterSeconds,
  });
};

/** Of Retry-After as seconds; its other form, a date, is of the server's clock and says nothing here (RFC 9110, 10.2.3). */
const secondsIn = (header: string | undefined): number => (header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) : 0);
