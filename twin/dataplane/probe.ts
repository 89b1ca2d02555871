import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, isIP } from 'node:net';
import type { ProbeResult, ProbeTarget } from '../world/dataplane.js';

const bodyLimit = 5120;

interface Options {
  /** Addresses of a name, freshly asked. */
  readonly resolve: (name: string) => readonly string[];
  readonly servedPort: (port: number) => number;
  /** The twin's AWS door, `http://127.0.0.1:PORT`. */
  readonly endpoint: () => string;
}

/** Endpoints of AWS services (`[bucket.]service.region.amazonaws.com`), as against names of customers' things (`x.region.rds.amazonaws.com`). */
const serviceEndpoint = /^(.+\.)?([a-z0-9-]+\.[a-z]{2}(-[a-z]+)+-\d|s3)\.amazonaws\.com$/;

interface Where {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly hostHeader: string | undefined;
}
/** Where to connect: AWS's own names lead to the door, in the clear, with the name kept as Host header. Undefined for an unknown name. */
const locate = ({ protocol, host, port, hostHeader }: ProbeTarget, { resolve, servedPort, endpoint }: Options): Where | undefined => {
  if (isIP(host)) return { secure: protocol === 'https', host, port: servedPort(port), hostHeader };
  if (serviceEndpoint.test(host.toLowerCase())) {
    const door = new URL(endpoint());
    return { secure: false, host: door.hostname, port: Number(door.port), hostHeader: host };
  }
  const [address] = resolve(host);
  return address === undefined ? undefined : { secure: protocol === 'https', host: address, port: servedPort(port), hostHeader: host };
};

const getOverHttp = ({ secure, host, port, hostHeader }: Where, target: ProbeTarget, signal: AbortSignal): Promise<ProbeResult> =>
  new Promise((resolve, reject) => {
    const headers = hostHeader === undefined ? {} : { host: hostHeader };
    const options: RequestOptions = { host, port, path: target.path ?? '/', headers, agent: false, signal };
    // Route 53 and ELB do not check certificates.
    const request = secure ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      const done = (): void => {
        const body = Buffer.concat(chunks).subarray(0, bodyLimit).toString();
        resolve({ reached: true, status, ...(target.wantBody && { body }) });
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', done);
      response.on('error', reject);
    });
    request.end();
  });

const connectOnly = ({ host, port }: Where, signal: AbortSignal): Promise<ProbeResult> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.destroy();
      resolve({ reached: true });
    });
  });

/** Makes the probe of a health checker; says in `reason` why a target was not reached, and never throws. */
export const probe = async (target: ProbeTarget, options: Options): Promise<ProbeResult> => {
  const where = locate(target, options);
  if (!where) return { reached: false, reason: `${target.host} has no address` };
  const patience = new AbortController();
  const deadline = setTimeout(() => patience.abort(), target.timeoutMs);
  try {
    return target.protocol === 'tcp' ? await connectOnly(where, patience.signal) : await getOverHttp(where, target, patience.signal);
  } catch (error) {
    const reason = patience.signal.aborted ? `no answer in ${target.timeoutMs} ms` : (error as Error).message;
    return { reached: false, reason };
  } finally {
    clearTimeout(deadline);
  }
};
