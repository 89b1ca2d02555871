import type * as EC2 from '@aws-sdk/client-ec2';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { filtered } from './filters.js';
import { ec2Error } from './records.js';

/** Regions that need no opting in, and the prefix of their zone ids. */
const zonePrefixes: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'apne1',
  'ap-northeast-2': 'apne2',
  'ap-northeast-3': 'apne3',
  'ap-south-1': 'aps1',
  'ap-southeast-1': 'apse1',
  'ap-southeast-2': 'apse2',
  'ca-central-1': 'cac1',
  'eu-central-1': 'euc1',
  'eu-north-1': 'eun1',
  'eu-west-1': 'euw1',
  'eu-west-2': 'euw2',
  'eu-west-3': 'euw3',
  'sa-east-1': 'sae1',
  'us-east-1': 'use1',
  'us-east-2': 'use2',
  'us-west-1': 'usw1',
  'us-west-2': 'usw2',
};

/** Three zones in every region, `a` to `c`. */
export const zonesOf = (region: string): (EC2.AvailabilityZone & { ZoneName: string; ZoneId: string })[] =>
  ['a', 'b', 'c'].map((letter, at) => ({
    State: 'available' as const,
    OptInStatus: 'opt-in-not-required' as const,
    Messages: [],
    RegionName: region,
    ZoneName: `${region}${letter}`,
    ZoneId: `${zonePrefixes[region] ?? region}-az${at + 1}`,
    GroupName: region,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
  }));

export const zones = {
  DescribeAvailabilityZones: (input, ctx) => {
    accept('ec2.DescribeAvailabilityZones', input, ['Filters', 'ZoneNames', 'ZoneIds', 'AllAvailabilityZones']);
    const all = zonesOf(ctx.region);
    const unknown = input.ZoneNames?.find((name) => !all.some(({ ZoneName }) => ZoneName === name));
    if (unknown !== undefined) throw ec2Error('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
    const named = all
      .filter(({ ZoneName }) => !input.ZoneNames?.length || input.ZoneNames.includes(ZoneName))
      .filter(({ ZoneId }) => !input.ZoneIds?.length || input.ZoneIds.includes(ZoneId));
    const found = filtered(named, input.Filters, {
      'region-name': ({ RegionName }) => RegionName,
      state: ({ State }) => State,
      'zone-id': ({ ZoneId }) => ZoneId,
      'zone-name': ({ ZoneName }) => ZoneName,
      'zone-type': ({ ZoneType }) => ZoneType,
      'opt-in-status': ({ OptInStatus }) => OptInStatus,
      'group-name': ({ GroupName }) => GroupName,
    });
    return { AvailabilityZones: found };
  },
  DescribeRegions: (input) => {
    accept('ec2.DescribeRegions', input, ['Filters', 'RegionNames', 'AllRegions']);
    const unknown = input.RegionNames?.find((name) => zonePrefixes[name] === undefined);
    if (unknown !== undefined) throw ec2Error('InvalidParameterValue', `Invalid region: [${unknown}]`);
    const all = Object.keys(zonePrefixes)
      .filter((name) => !input.RegionNames?.length || input.RegionNames.includes(name))
      .map((name) => ({ RegionName: name, Endpoint: `ec2.${name}.amazonaws.com`, OptInStatus: 'opt-in-not-required' }));
    const found = filtered(all, input.Filters, {
      'region-name': ({ RegionName }) => RegionName,
      endpoint: ({ Endpoint }) => Endpoint,
      'opt-in-status': ({ OptInStatus }) => OptInStatus,
    });
    return { Regions: found };
  },
} satisfies Operations<typeof EC2>;
