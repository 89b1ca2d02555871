import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { claimLoopbackRange } from '../../../twin/dataplane/loopback-range.js';

describe('the loopback range', () => {
  test('two twins on one machine never share an address', async () => {
    const ranges = [await claimLoopbackRange(() => undefined, []), await claimLoopbackRange(() => undefined, [])];
    const networks = ranges.map((range) => range.own(1).split('.')[1]);
    expect(networks[0]).not.toBe(networks[1]);
    for (const range of ranges) range.release();
  });

  test('addresses are never given twice, and one region has none of another', async () => {
    const range = await claimLoopbackRange(() => undefined, []);
    const here = Array.from({ length: 600 }, () => range.allocate('eu-west-1'));
    const there = Array.from({ length: 600 }, () => range.allocate('eu-central-1'));
    expect(new Set([...here, ...there]).size).toBe(1200);
    const blocks = (addresses: string[]): Set<string | undefined> => new Set(addresses.map((address) => address.split('.')[2]));
    expect([...blocks(here)].filter((block) => blocks(there).has(block))).toEqual([]);
    range.release();
  });

  test('a port that something else has on every address is served 8000 above, and says so', async () => {
    const { occupant, port } = await occupiedPort();
    const log: string[] = [];
    const range = await claimLoopbackRange((line) => log.push(line), [port]);
    expect(range.servedPort(port)).toBe(port + 8000);
    expect(log.join()).toMatch(new RegExp(`${port} CANNOT BE SERVED HERE \\(EADDRINUSE\\).*${port + 8000}`));
    range.release();
    occupant.close();
  });
});

/** A port taken on every address; below 32768, where no outgoing connection of another process can already have it. */
async function occupiedPort(from = 21_234): Promise<{ readonly occupant: Server; readonly port: number }> {
  const occupant = createServer();
  try {
    await once(occupant.listen(from, '0.0.0.0'), 'listening');
    return { occupant, port: from };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || from > 24_000) throw error;
    return occupiedPort(from + 7);
  }
}
