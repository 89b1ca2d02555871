import type { Records } from '../world/state.js';
import { isAnsweredIn, isClients } from './bites.js';
import type { Fault } from './fault.js';
import { optionalService, within } from './parameters.js';

/** What services call their records by, where that is not their name. */
const prefixes: Readonly<Record<string, string>> = { 'elastic-load-balancing-v2': 'elbv2', 'cloudwatch-logs': 'logs' };

/**
 * Reads lag behind writes. Before every change the records are set aside, so that a read can be answered as of any moment since: "as of x"
 * is what was set aside first after x. What was before the fault began nobody kept. S3 is never stale, as it says of itself.
 */
export const staleRead: Fault = {
  name: 'stale-read',
  description: "clients' control-plane reads in one region show the world as it was some seconds ago",
  parameters: {
    service: 'only this one, as in its SDK package: rds, ecs (default: all)',
    seconds: 'how far back reads look, 1 to 900 (default: 30)',
  },
  inject: (world, target) => {
    const { region } = target;
    const service = optionalService(target);
    const seconds = within(target, 'seconds', [1, 900], 30);
    const prefix = service === undefined ? '' : (prefixes[service] ?? service);
    // Records of global services stand at an account, and lag where their control plane is.
    const isHere = (place: string): boolean => place.endsWith(`/${region}`) || (region === 'us-east-1' && /^\d+$/.test(place));
    let before: { readonly at: number; readonly records: Records }[] = [];
    const setAside = (): void => {
      const at = world.now();
      before = before.filter((one) => one.at > at - seconds * 1000);
      if (before.at(-1)?.at === at) return;
      before.push({ at, records: world.records.copy((name, place) => name.startsWith(prefix) && isHere(place)) });
    };
    return {
      call: (call) => {
        if (call.plane === 'control-write' && isAnsweredIn(region, service, call)) setAside();
      },
      event: (event) => {
        if (event.region === region || region === 'us-east-1') setAside();
        return 'runs';
      },
      sees: (call) => {
        if (call.plane !== 'control-read' || !isClients(call) || !isAnsweredIn(region, service, call)) return undefined;
        const asOf = world.now() - seconds * 1000;
        return before.find(({ at }) => at > asOf)?.records;
      },
    };
  },
};
