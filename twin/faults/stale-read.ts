import type { Records } from '../world/state.js';
import { isAnsweredIn, isClients } from './bites.js';
import { ImpossibleFault, type Fault } from './fault.js';
import { optionalService, within } from './parameters.js';

/** What services call their records by, where that is not their name. */
const prefixes: Readonly<Record<string, string>> = { 'elastic-load-balancing-v2': 'elbv2', 'cloudwatch-logs': 'logs' };

/**
 * A service's reads lag behind its writes. Before every change the records are set aside, so that a read can be answered as of any moment
 * since: "as of x" is what was set aside first after x. What was before the fault began nobody kept.
 */
export const staleRead: Fault = {
  name: 'stale-read',
  description: "clients' control-plane reads of one service in one region show the world as it was some seconds ago",
  parameters: {
    service: 'as in its SDK package: rds, ecs (has to be given)',
    seconds: 'how far back reads look, 1 to 900 (default: 30)',
  },
  inject: (world, target) => {
    const service = optionalService(target);
    if (service === undefined)
      throw new ImpossibleFault('service has to be given: the SDK package of the one whose reads lag, such as rds');
    const seconds = within(target, 'seconds', [1, 900], 30);
    const prefix = prefixes[service] ?? service;
    let before: { readonly at: number; readonly records: Records }[] = [];
    const setAside = (): void => {
      const at = world.now();
      before = before.filter((one) => one.at > at - seconds * 1000);
      if (before.at(-1)?.at === at) return;
      before.push({ at, records: world.records.copy((name) => name.startsWith(prefix)) });
    };
    return {
      call: (call) => {
        if (call.plane === 'control-write' && call.service === service) setAside();
      },
      event: () => {
        setAside();
        return 'runs';
      },
      sees: (call) => {
        if (call.plane !== 'control-read' || !isClients(call) || !isAnsweredIn(target.region, service, call)) return undefined;
        const asOf = world.now() - seconds * 1000;
        return before.find(({ at }) => at > asOf)?.records;
      },
    };
  },
};
