import { describe, expect, test } from '@jest/globals';
import { readBack } from '../../../twin/services/cloudformation/read-back.js';
import { services } from '../../../twin/services/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const types = services.flatMap((service) => service.resourceTypes ?? []);
const named = (all: typeof types) => all.map((type) => [type.type, type] as const);

describe('resource types', () => {
  test('each is backed once', () => {
    const names = types.map(({ type }) => type);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(named(types.filter(({ holdsData }) => holdsData)))(
    '%s holds data, so it is never replaced for want of an update',
    (_name, type) => {
      expect(typeof type.update).toBe('function');
    },
  );

  test.each(named(types.filter(({ existing }) => existing)))('%s that is not there is said to be not there', async (_name, type) => {
    const world = serviceWorld(services);
    expect(await readBack({ existing: type.existing! }, '00000000-0000-4000-a000-000000000000', world.ctx())).toBeUndefined();
  });
});
