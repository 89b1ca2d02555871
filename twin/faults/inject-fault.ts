import type { Interfering } from '../world/interference.js';
import type { World } from '../world/world.js';
import { ImpossibleFault, type FaultTarget } from './fault.js';
import { faults } from './index.js';
import { only } from './parameters.js';

/** Asked for a fault that nobody wrote. */
export class UnknownFault extends Error {
  readonly known = faults.map(({ name }) => name);
  constructor(name: string) {
    super(`there is no fault ${name}`);
  }
}

/** Makes it happen, now or at its time, and remembers that it did. @throws UnknownFault, ImpossibleFault */
export const injectFault = async (world: World, name: string, target: FaultTarget): Promise<Interfering> => {
  const fault = faults.find((each) => each.name === name);
  if (!fault) throw new UnknownFault(name);
  const { region, inSeconds = 0, forSeconds, with: given = {} } = target;
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new ImpossibleFault(`${region} is not a region such as eu-west-1`);
  if (forSeconds !== undefined && !(forSeconds > 0)) throw new ImpossibleFault(`${forSeconds} s is no duration: give more than 0 s`);
  if (!(inSeconds >= 0)) throw new ImpossibleFault(`${inSeconds} s lies in the past: give 0 s or more`);
  only(name, given, Object.keys(fault.parameters));
  const at = world.now();
  if (inSeconds > 0) {
    const then = { ...target, inSeconds: undefined };
    world.laterOutsideRegions(inSeconds, `fault ${name} in ${region}`, async () => void (await injectFault(world, name, then)));
    return { name, region, with: given, at: at + inSeconds * 1000, until: undefined };
  }
  const hooks = await fault.inject(world, target);
  const until = hooks ? forSeconds && at + Math.round(forSeconds * 1000) : at;
  return world.interferences.add({ name, region, with: given, at, until }, hooks ?? {});
};
