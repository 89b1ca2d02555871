import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { RecoveryError } from '../model/recovery-error.js';
import { instant, milliseconds } from '../model/time.js';
import type { Clock } from '../ports/clock.js';

/** The twin's clock, owned: while the connection of its lease is open, time moves when we sleep and at no other moment. */
export interface TwinClock extends Clock {
  readonly lease: string;
  /** Gives the lease back. */
  release(): Promise<void>;
}

/** Takes the lease. @throws RecoveryError `fenced` while another process holds it. */
export const twinClock = async (url: string, owner: string): Promise<TwinClock> => {
  const { held, lease, now: first } = await takeLease(url, owner);
  let now = first;
  let gone: Error | undefined;
  held.on('close', () => (gone ??= new Error('the twin closed the lease')));
  held.on('error', (error) => (gone ??= error));
  return {
    lease,
    passesByItself: false,
    now: () => instant(now),
    sleepUntil: async (until) => {
      if (gone)
        throw new RecoveryError(
          'fenced',
          'lease-lost',
          "the lease on the twin's clock is gone; another process may own it now; go on with altsite resume once that has ended",
          {
            cause: gone,
          },
        );
      const answer = await postJson(`${url}/_twin/clock/sleep`, { lease, until: milliseconds(until) });
      now = (answer as { now: number }).now;
    },
    release: async () => {
      gone ??= new Error('released');
      await postJson(`${url}/_twin/clock/release`, { lease }).catch(() => undefined);
      held.destroy();
    },
  };
};

const takeLease = (url: string, owner: string): Promise<{ held: IncomingMessage; lease: string; now: number }> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ owner });
    const asked: ClientRequest = request(`${url}/_twin/clock/lease`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    asked.on('error', (cause) =>
      reject(new RecoveryError('invalid', 'no-twin', `no twin answers at ${url}: start one with altsite twin`, { cause })),
    );
    asked.on('response', (held) => {
      let text = '';
      const read = (chunk: Buffer): void => {
        text += chunk.toString();
        if (held.statusCode !== 200 || !text.includes('\n')) return;
        held.off('data', read);
        held.resume();
        resolve({ held, ...(JSON.parse(text.slice(0, text.indexOf('\n'))) as { lease: string; now: number }) });
      };
      held.on('data', read);
      held.on('end', () =>
        reject(
          new RecoveryError(
            'fenced',
            'clock-owned',
            `the twin's clock is owned by another process: ${text.trim()}; wait until that ends, or end it`,
          ),
        ),
      );
    });
    asked.end(body);
  });

const postJson = async (url: string, body: object): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok)
    throw new RecoveryError(
      'fenced',
      'lease-lost',
      `the twin refused ${url} (${response.status} ${text.trim()}); another process may own its clock now: go on with altsite resume once that has ended`,
    );
  return JSON.parse(text);
};
