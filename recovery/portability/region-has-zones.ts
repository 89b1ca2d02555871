import { DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import { isObject, resourcesOfType } from '../../lib/portability/walk.js';
import type { Probe } from './probe.js';

/** The zone of a subnet is `Fn::Select` of a number and the region's zones. */
const zoneNumber = (zone: unknown): number => (isObject(zone) && Array.isArray(zone['Fn::Select']) ? Number(zone['Fn::Select'][0]) + 1 : 0);

export const regionHasZones: Probe = {
  id: 'region-has-zones',
  summary: 'the region offers this account as many availability zones as the network uses',
  wants: (stack) => {
    const most = Math.max(
      0,
      ...resourcesOfType(stack, 'AWS::EC2::Subnet').map(({ resource }) => zoneNumber(resource.Properties?.['AvailabilityZone'])),
    );
    return most === 0 ? [] : [{ path: stack.path, name: `${most} zones` }];
  },
  lacks: async ({ name }, region, aws) => {
    const needed = Number.parseInt(name, 10);
    const { AvailabilityZones = [] } = await aws.ec2(region).send(new DescribeAvailabilityZonesCommand({}));
    const there = AvailabilityZones.filter(
      ({ State, ZoneType = 'availability-zone' }) => State === 'available' && ZoneType === 'availability-zone',
    ).length;
    return there >= needed ? undefined : `${region} offers ${there} zones, and the network uses ${needed}`;
  },
};
