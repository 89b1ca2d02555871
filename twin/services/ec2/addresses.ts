import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { partitionWide } from '../../world/state.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { mustAllowAddress } from './account-attributes.js';
import { addressText } from './cidr.js';
import { described } from './describe.js';
import { ec2Error, find, network, newId, type Address } from './records.js';
import { tagNew } from './tags.js';

const allocated = partitionWide('ec2.public-addresses', () => ({ count: 0 }));
/** Out of 198.18.0.0/15, which RFC 2544 sets aside: nobody on the Internet has it. */
const firstPublic = 198 * 2 ** 24 + 18 * 2 ** 16;
const newPublicAddress = (ctx: Context): string => addressText(firstPublic + ++ctx.state(allocated).count);

/** Elastic IP addresses, as records: nothing listens on them. */
export const addresses = {
  AllocateAddress: (input, ctx) => {
    accept('ec2.AllocateAddress', input, ['Domain', 'TagSpecifications']);
    if (input.Domain === 'standard') throw ec2Error('InvalidParameterValue', 'Value (standard) for parameter domain is invalid.');
    mustAllowAddress(ctx);
    const address: Address = {
      AllocationId: newId(ctx, 'eipalloc'),
      PublicIp: newPublicAddress(ctx),
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: ctx.region,
    };
    network(ctx).addresses.set(address.AllocationId, address);
    tagNew(ctx, address.AllocationId, 'elastic-ip', input.TagSpecifications);
    return address;
  },
  DescribeAddresses: (input, ctx) => {
    accept('ec2.DescribeAddresses', input, ['AllocationIds', 'PublicIps', 'Filters']);
    const { items } = described(ctx, 'addresses', {
      ids: input.AllocationIds,
      asked: { Filters: [...(input.Filters ?? []), ...(input.PublicIps?.length ? [{ Name: 'public-ip', Values: input.PublicIps }] : [])] },
      idOf: ({ AllocationId }) => AllocationId,
      fields: {
        'allocation-id': ({ AllocationId }) => AllocationId,
        'association-id': ({ AssociationId }) => AssociationId,
        'public-ip': ({ PublicIp }) => PublicIp,
        domain: ({ Domain }) => Domain,
      },
    });
    const missing = input.PublicIps?.find((ip) => !items.some(({ PublicIp }) => PublicIp === ip));
    if (missing !== undefined) throw ec2Error('InvalidAddress.NotFound', `Address '${missing}' not found.`);
    return { Addresses: items };
  },
  ReleaseAddress: (input, ctx) => {
    accept('ec2.ReleaseAddress', input, ['AllocationId']);
    const address = find(ctx, 'addresses', input.AllocationId);
    if (address.AssociationId !== undefined) {
      throw ec2Error('InvalidIPAddress.InUse', `Address ${address.PublicIp} is in use.`);
    }
    network(ctx).addresses.delete(address.AllocationId);
    network(ctx).tags.delete(address.AllocationId);
    return {};
  },
} satisfies Operations<typeof EC2>;
