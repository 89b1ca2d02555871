import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import { accept, need } from '../../members.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { notModelled } from '../errors.js';

/** The registry of this world: what CloudFormation can make here is public and live, and it knows nothing of anything else. */
export const types = (catalog: Catalog) =>
  ({
    DescribeType: (input, ctx) => {
      accept('cloudformation.DescribeType', input, ['Type', 'TypeName']);
      if (input.Type !== 'RESOURCE') throw notModelled(`DescribeType of ${input.Type}`);
      const name = need(input.TypeName, 'TypeName', 'ValidationError');
      const type = catalog(name);
      if (!type) throw new AwsError('TypeNotFoundException', `The type '${name}' cannot be found.`, { status: 404 });
      return {
        Arn: `arn:aws:cloudformation:${ctx.region}::type/resource/${name.replaceAll('::', '-')}`,
        Type: 'RESOURCE',
        TypeName: name,
        IsDefaultVersion: true,
        ProvisioningType: type.update ? 'FULLY_MUTABLE' : 'IMMUTABLE',
        DeprecatedStatus: 'LIVE',
        Visibility: 'PUBLIC',
      };
    },
  }) satisfies Operations<typeof CloudFormation>;
