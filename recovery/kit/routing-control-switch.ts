/**
 * The switch as two routing controls of an ARC cluster, one for each site.
 *
 * 1. Who moves traffic notes it first, in the object that is the switch elsewhere: of two orchestrators one may move, and a run that died in
 *    between is known to have meant it.
 * 2. Both are set by one request: at no moment are both off, or both on. A safety rule that refuses it is never overridden.
 * 3. Any endpoint will do, but for the lost region's; the configuration API in us-west-2 is asked nothing.
 */
import { GetRoutingControlStateCommand, UpdateRoutingControlStatesCommand } from '@aws-sdk/client-route53-recovery-cluster';
import type { KnownControls } from '../../lib/contract/routing-control-settings.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Site } from '../model/site.js';
import { askInTurn } from './cluster-endpoints.js';
import { readMove, writeMove } from './object-switch.js';
import type { SwitchPlace, TrafficSwitch } from './traffic-switch.js';

export const routingControlSwitch = (place: SwitchPlace, known: KnownControls): TrafficSwitch => {
  const { aws, from, to } = place;
  const look = () => statesOf(place, known);
  return {
    source: `routing controls ${arnOf(known, from)} and ${arnOf(known, to)}`,
    look: async () => {
      const note = await readMove(place);
      const { isMoved, observed } = await look();
      const isHere = note.move?.site === to.name;
      return { ...note, inEffect: isHere && isMoved, observed: `${note.move ? note.observed : 'nobody'}; ${observed}` };
    },
    move: async (move, over) => {
      if (over.move?.run !== move.run) await writeMove(place, move, over);
      const set = new UpdateRoutingControlStatesCommand({
        UpdateRoutingControlStateEntries: [
          { RoutingControlArn: arnOf(known, to), RoutingControlState: 'On' },
          { RoutingControlArn: arnOf(known, from), RoutingControlState: 'Off' },
        ],
      });
      try {
        await askInTurn(aws, known, from.region, (endpoint) => endpoint.send(set));
      } catch (error) {
        // An endpoint that did it and was not heard has the next refuse it, within the safety rule's wait period.
        if (!isConflict(error) || !(await look()).isMoved) throw error;
      }
    },
    couldMove: async () => {
      try {
        const { isMoved, observed } = await look();
        return {
          holds: !isMoved,
          observed: isMoved ? `traffic was moved already: ${observed}` : `can be asked, and are not moved: ${observed}`,
        };
      } catch (error) {
        if (!(error instanceof RecoveryError)) throw error;
        return { holds: error.kind === 'transient' ? 'unknown' : false, observed: error.message };
      }
    },
  };
};

const isConflict = (error: unknown): boolean => error instanceof RecoveryError && error.code === 'ConflictException';

/** @throws RecoveryError `invalid` for a site without a routing control. */
const arnOf = ({ controls }: KnownControls, { name }: Site): string => {
  const arn = controls[name];
  if (arn === undefined)
    throw new RecoveryError(
      'invalid',
      'no-routing-control',
      `${name} has no routing control; settings know those of ${Object.keys(controls).join(', ')}`,
    );
  return arn;
};

const statesOf = async ({ aws, from, to }: SwitchPlace, known: KnownControls) => {
  const stateOf = (site: Site) =>
    askInTurn(aws, known, from.region, (endpoint) =>
      endpoint.send(new GetRoutingControlStateCommand({ RoutingControlArn: arnOf(known, site) })),
    );
  const left = await stateOf(from);
  const entered = await stateOf(to);
  return {
    isMoved: left.RoutingControlState === 'Off' && entered.RoutingControlState === 'On',
    observed: `${from.name} ${left.RoutingControlState}, ${to.name} ${entered.RoutingControlState}, as the endpoint in ${entered.answeredIn} says`,
  };
};
