import { describe, expect, it } from '@jest/globals';
import { ImpossibleFault } from '../../../twin/faults/fault.js';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { services } from '../../../twin/services/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

describe('a fault asked for later', () => {
  it('happens at its time of the world, even while another region is lost', async () => {
    const { world, pass } = serviceWorld(services);
    await injectFault(world, 'region-outage', { region: 'eu-west-1' });
    await injectFault(world, 'region-outage', { region: 'eu-west-3', inSeconds: 600 });
    await pass(599);
    expect(world.regionIsLost('eu-west-3')).toBe(false);
    await pass(1);
    expect(world.regionIsLost('eu-west-3')).toBe(true);
    expect(world.interferences.history.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-west-3']);
  });

  it('is refused at once when it makes no sense', async () => {
    const { world } = serviceWorld(services);
    await expect(injectFault(world, 'region-outage', { region: 'eu-west-1', inSeconds: -5 })).rejects.toThrow(ImpossibleFault);
    expect(world.pendingEvents).toBe(serviceWorld(services).world.pendingEvents);
  });
});
