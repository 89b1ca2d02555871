import http from 'node:http';
import https from 'node:https';
import { clearTimeout, setTimeout } from 'node:timers';
import { signed } from './signature.mjs';

const encoded = (key) => key.split('/').map(encodeURIComponent).join('/');

/** Where the epoch object is: path style on a given endpoint, else AWS's own. */
const locate = ({ bucket, key, region, endpoint }) =>
  new URL(endpoint ? `${endpoint}/${bucket}/${encoded(key)}` : `https://${bucket}.s3.${region}.amazonaws.com/${encoded(key)}`);

/** Sends one request; resolves with status and body, rejects when the witness cannot be reached in `timeoutMs` of real time. */
const send = (url, { method, headers, body, timeoutMs }) =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    const deadline = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    request.on('close', () => clearTimeout(deadline));
    request.on('error', reject);
    request.end(body);
  });

const parseEpoch = (text) => {
  const { epoch, writer, raisedBy } = JSON.parse(text);
  const sound = Number.isInteger(epoch) && epoch >= 1 && (writer === null || typeof writer === 'string');
  if (!sound) throw new Error(`not an epoch: ${text.slice(0, 200)}`);
  return { epoch, writer, raisedBy };
};

/** The epoch object in the witness bucket. Both operations reject when the witness gives no clear answer. */
export const createWitness = (options) => {
  const { region, credentials, timeoutMs = 2000 } = options;
  const url = locate(options);
  const ask = (method, body, extra = {}) => {
    const headers = signed({
      method,
      path: url.pathname,
      headers: { host: url.host, ...extra },
      body,
      region,
      credentials,
      at: Date.now(),
    });
    return send(url, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, body, timeoutMs });
  };
  const read = async () => {
    const { status, text } = await ask('GET', '');
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${url.pathname} answered ${status}`);
    return parseEpoch(text);
  };
  return {
    /** The epoch, or undefined when there is none. */
    read,
    /** Writes the first epoch unless somebody else has; answers the one that stands. */
    claim: async (record) => {
      const { status } = await ask('PUT', JSON.stringify(record), { 'content-type': 'application/json', 'if-none-match': '*' });
      if (status !== 200 && status !== 412 && status !== 409) throw new Error(`PUT ${url.pathname} answered ${status}`);
      return read();
    },
  };
};
