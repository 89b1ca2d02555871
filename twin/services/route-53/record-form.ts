import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { invalidInput, needHealthCheck, type AskedChange } from './records.js';

const members = [
  ...(['Name', 'Type', 'SetIdentifier', 'Weight', 'Failover', 'TTL', 'ResourceRecords', 'AliasTarget', 'HealthCheckId'] as const),
] as const;
/** Types that the twin's name servers can answer. */
const types = new Set(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SPF', 'SRV', 'TXT']);
const bounds = { TTL: [0, 2 ** 31 - 1], Weight: [0, 255] } as const;

/**
 * Whether each set says what a set must say, before anything is compared with the zone.
 * @throws AwsError InvalidInput; NotModelled for routing policies and types that the twin has not; NoSuchHealthCheck.
 */
export const checkForm = ({ action, recordSet: set }: AskedChange, nth: number, ctx: Context): void => {
  accept(`record set ${set.Name}`, set, members);
  if (!types.has(set.Type ?? '')) accept('a record set', { [`type ${set.Type}`]: true }, []);
  const where = `Change with [Action=${action}, Name=${set.Name}, Type=${set.Type}, SetIdentifier=${set.SetIdentifier ?? null}]`;
  const refuse = (why: string): never => {
    throw invalidInput(`Invalid request: ${why} ${where}`);
  };
  checkBounds(set, nth);
  const policies = [set.Weight, set.Failover].filter((given) => given !== undefined).length;
  if (policies > 0 && !set.SetIdentifier) refuse("Missing field 'SetIdentifier' in");
  if (set.SetIdentifier && policies !== 1) {
    refuse(
      `Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found ${policies ? 'more than one' : 'none'} in`,
    );
  }
  const expected = 'Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found';
  const isAlias = set.AliasTarget !== undefined;
  if (isAlias && (set.TTL !== undefined || set.ResourceRecords !== undefined)) refuse(`${expected} more than one in`);
  if (!isAlias && (set.TTL === undefined || !set.ResourceRecords?.length)) refuse(`${expected} none in`);
  if (set.HealthCheckId && action !== 'DELETE') needHealthCheck(ctx, set.HealthCheckId);
};

const checkBounds = (set: R53.ResourceRecordSet, nth: number): void => {
  for (const name of ['TTL', 'Weight'] as const) {
    const [least, most] = bounds[name];
    const value = set[name];
    if (value === undefined || (value >= least && value <= most)) continue;
    const member = `changeBatch.changes.${nth}.member.resourceRecordSet.${name === 'TTL' ? 'tTL' : 'weight'}`;
    const constraint = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw invalidInput(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${constraint}`,
    );
  }
};
