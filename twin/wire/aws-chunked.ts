import type { WireRequest } from './http-message.js';
import { malformed } from './malformed.js';

/** Undoes `Content-Encoding: aws-chunked`, as S3 clients send streams; trailing headers join the others. */
export const decodeAwsChunked = (request: WireRequest): WireRequest => {
  const encodings = (request.headers['content-encoding'] ?? '').split(',').map((each) => each.trim());
  if (!encodings.includes('aws-chunked')) return request;
  const { body, trailers } = readChunks(request.body);
  const left = encodings.filter((each) => each !== 'aws-chunked').join(', ');
  const headers: Record<string, string> = { ...request.headers, ...trailers, 'content-length': String(body.length) };
  if (left) headers['content-encoding'] = left;
  else delete headers['content-encoding'];
  return { ...request, headers, body };
};

/** `SIZE-IN-HEX[;chunk-signature=…] CRLF data CRLF`, a chunk of size zero, then trailing headers. */
const readChunks = (encoded: Buffer): { body: Buffer; trailers: Record<string, string> } => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = encoded.indexOf('\r\n', at);
    const size = Number.parseInt(encoded.toString('latin1', at, end < 0 ? at : end), 16);
    if (end < 0 || Number.isNaN(size)) throw malformed('the aws-chunked body ends early', 'IncompleteBody');
    at = end + 2;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: readTrailers(encoded.toString('latin1', at)) };
    chunks.push(encoded.subarray(at, at + size));
    at += size + 2;
  }
};

const readTrailers = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\r\n')
      .map((line) => /^([^:]+):(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map((match) => [match[1]!.toLowerCase(), match[2]!.trim()]),
  );
