import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { answer } from './answers.js';
import { answerView } from './data-plane.js';
import { canonicalName, invalidInput, needZone } from './records.js';

/** What the name servers of one zone would answer now; choices by weight are drawn apart from those of real questions. */
const test = (input: R53.TestDNSAnswerRequest, ctx: Context): R53.TestDNSAnswerResponse => {
  accept('TestDNSAnswer', input, ['HostedZoneId', 'RecordName', 'RecordType']);
  const zone = needZone(ctx, input.HostedZoneId);
  const name = canonicalName(need(input.RecordName, 'RecordName', 'InvalidInput'));
  const type = need(input.RecordType, 'RecordType', 'InvalidInput');
  if (name !== zone.name && !name.endsWith(`.${zone.name}`)) throw invalidInput(`${name} is not in the hosted zone ${zone.name}`);
  const chance = ctx.chance.stream(`route-53.test-answers/${ctx.now()}/${name}`);
  const view = answerView(ctx, () => chance.next());
  const { rcode, answers } = answer({ ...view, zones: view.zones.filter(({ id }) => id === zone.id) }, name, type);
  return {
    Nameserver: zone.nameServers[0],
    RecordName: name.slice(0, -1),
    RecordType: type,
    RecordData: answers.map(({ data }) => data),
    ResponseCode: rcode,
    Protocol: 'UDP',
  };
};

export const testAnswerOperations: Operations<typeof R53> = { TestDNSAnswer: test };
