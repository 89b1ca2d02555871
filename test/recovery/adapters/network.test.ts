import { describe, expect, it } from '@jest/globals';
import { network } from '../../../recovery/adapters/network.js';

const rehearsing = { zone: 'ambassify.example', privilegedPortOffset: 0, loopbackOnly: true };
const asked = { host: 'www.ambassify.example', port: 80, path: '/' };

describe('the network of a rehearsal', () => {
  it('asks no name server of this machine where the emulator has none', async () => {
    const nowhere = network({ ...rehearsing, authoritative: [], resolvers: [] });
    await expect(nowhere.http(asked)).rejects.toMatchObject({ kind: 'transient', code: 'no-answer' });
    expect(await nowhere.resolve(asked.host)).toEqual([]);
  });

  it('refuses a name server that is not on loopback', async () => {
    const real = network({ ...rehearsing, authoritative: ['192.0.2.53:53'], resolvers: ['192.0.2.53:53'] });
    await expect(real.http(asked)).rejects.toMatchObject({ code: 'not-loopback' });
    expect((await real.resolve(asked.host)).map(({ error }) => error)).toEqual(['not-loopback', 'not-loopback']);
  });
});
