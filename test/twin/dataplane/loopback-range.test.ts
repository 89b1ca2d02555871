import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
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
    const occupant = createServer().listen(41_234, '0.0.0.0');
    await once(occupant, 'listening');
    const log: string[] = [];
    const range = await claimLoopbackRange((line) => log.push(line), [41_234, 41_235]);
    expect([range.servedPort(41_234), range.servedPort(41_235)]).toEqual([49_234, 41_235]);
    expect(log.join()).toMatch(/41234 CANNOT BE SERVED HERE \(EADDRINUSE\).*49234/);
    range.release();
    occupant.close();
  });
});
