import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RecoveryError } from '../model/recovery-error.js';
import { isLoopback } from './loopback.js';
import { isAlive } from './this-process.js';

/** A running twin, or another emulator, which has neither clock nor name servers of ours. */
export interface TwinDescription {
  readonly url: string;
  readonly dns: string | null;
  readonly resolver: string | null;
  /** A caching resolver that keeps answers longer than their TTL. */
  readonly overHoldingResolver: string | null;
  /** Different for every twin there ever was; null for another emulator. */
  readonly identity: string | null;
  /** True when it speaks the twin's own API under /_twin/. */
  readonly clock: boolean;
  /** File with the root to trust for HTTPS, there once the first listener is; null for another emulator. */
  readonly certificateAuthority: string | null;
  /** Added to listener ports below 1024 where the twin may not bind them (an ordinary user); 0 otherwise. */
  readonly privilegedPortOffset: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The twin at `url`, or the newest living one under `directory`. @throws RecoveryError `invalid` when there is none. */
export const findTwin = async (directory: string, url: string | undefined): Promise<TwinDescription> => {
  const found = url ?? (await newestIn(directory));
  if (found === undefined)
    throw new RecoveryError(
      'invalid',
      'no-twin',
      `no twin runs in ${directory}; start one with altsite twin, name one with --twin URL, or say --world aws`,
    );
  if (!URL.canParse(found) || !isLoopback(new URL(found).hostname))
    throw new RecoveryError(
      'invalid',
      'not-loopback',
      `${found} is not a loopback URL; name a twin of this machine with --twin URL, as http://127.0.0.1:4577`,
    );
  return describe(found.replace(/\/$/, ''));
};

const describe = async (url: string): Promise<TwinDescription> => {
  const response = await fetch(`${url}/_twin/twin`).catch((cause: unknown) => {
    throw new RecoveryError(
      'invalid',
      'no-twin',
      `nothing answers at ${url}; start a twin with altsite twin, or name another with --twin URL`,
      { cause },
    );
  });
  if (!response.ok)
    return {
      url,
      dns: null,
      resolver: null,
      overHoldingResolver: null,
      certificateAuthority: null,
      identity: null,
      clock: false,
      privilegedPortOffset: 0,
      environment: { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'emulator', AWS_SECRET_ACCESS_KEY: 'emulator' },
    };
  const said = (await response.json()) as Omit<TwinDescription, 'url' | 'clock' | 'identity'> & { pid: number; startedAt: string };
  const { dns, resolver, overHoldingResolver, certificateAuthority, privilegedPortOffset, environment, pid, startedAt } = said;
  const identity = `${startedAt.replaceAll(/\D/g, '')}-${pid}`;
  return { url, dns, resolver, overHoldingResolver, certificateAuthority, identity, clock: true, privilegedPortOffset, environment };
};

const newestIn = async (directory: string): Promise<string | undefined> => {
  const living: { url: string; startedAt: string }[] = [];
  for (const port of await readdir(directory).catch(() => [])) {
    const text = await readFile(join(directory, port, 'twin.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    const twin = JSON.parse(text) as { url: string; pid: number; startedAt?: string };
    if (isAlive(twin.pid)) living.push({ url: twin.url, startedAt: twin.startedAt ?? '' });
  }
  return living.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).at(-1)?.url;
};
