import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Writer } from '../ports/run-store.js';

/** This process, as others are told of it. */
export const thisProcess = (by: string): Writer => ({
  id: randomUUID(),
  host: hostname(),
  process: process.pid,
  by,
  since: new Date().toISOString(),
});

/** How long a process of another machine is believed to live that said nothing more. */
const silentSeconds = 600;

/** Whether it was a process of this machine, and is there no more. */
export const diedHere = ({ host, process: id }: Writer): boolean => host === hostname() && !isAlive(id);

/** The same of one that said nothing since it began; on another machine nobody can ask, and a long silence counts. */
export const isGone = (writer: Writer): boolean =>
  diedHere(writer) || (writer.host !== hostname() && Date.now() - Date.parse(writer.since) > silentSeconds * 1_000);

export const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** `cto, process 4711 on host alpha since 2030-01-01T02:00:00.000Z` */
export const writerInWords = ({ by, process: id, host, since }: Writer): string => `${by}, process ${id} on ${host} since ${since}`;
