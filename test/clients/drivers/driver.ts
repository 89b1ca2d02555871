/**
 * One client of AWS, asked in the words of the API reference: every driver carries out the same calls and answers in the same form.
 * Binary input is `{ bytes: 'text' }` or `{ base64: '…' }`, a time is `{ instant: 'ISO 8601' }`; binary output is base64 text, the body of an S3 object is text.
 */
export interface Call {
  /** As in the SDK packages: `route-53`, `cloudwatch`, `ssm`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}
export type Answer = { readonly output: Output } | { readonly error: { readonly code: string; readonly message: string } };
export type Output = Readonly<Record<string, unknown>>;

export interface Driver {
  call(call: Call): Promise<Answer>;
  close(): Promise<void>;
}
/** A kind of client that may or may not be on this machine. */
export interface Client {
  readonly name: string;
  /** Why it cannot run here; undefined: it can. */
  readonly missing: () => string | undefined;
  /** `environment` is what the twin prints. */
  readonly open: (environment: Readonly<Record<string, string>>) => Driver;
}

interface Binary {
  readonly bytes?: string;
  readonly base64?: string;
}

/** The bytes of a binary input; undefined for anything else. */
export const bytesOf = (value: unknown): Buffer | undefined => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  const { bytes, base64 } = value as Binary;
  if (typeof bytes === 'string') return Buffer.from(bytes);
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
};

/** The time of an input that is one. */
export const instantOf = (value: unknown): Date | undefined => {
  const { instant } = (typeof value === 'object' && value !== null ? value : {}) as { instant?: string };
  return instant === undefined ? undefined : new Date(instant);
};
