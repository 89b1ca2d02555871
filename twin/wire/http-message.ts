import type { Readable } from 'node:stream';

/** A request as it stood on the wire, apart from its framing. */
export interface WireRequest {
  readonly method: string;
  /** Undecoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/** Splits a request target without normalising it: an S3 key may hold `//` or `..`. */
export const parseTarget = (target: string): Pick<WireRequest, 'path' | 'query'> => {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
};
