import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';

const type = 'AWS::CloudWatch::Dashboard';

const put = async (ctx: Context, name: string, properties: ResourceProperties): Promise<void> => {
  acceptProperties(type, properties, ['DashboardName', 'DashboardBody']);
  await ctx.call('cloudwatch', 'PutDashboard', { DashboardName: name, DashboardBody: properties.DashboardBody });
};

export const dashboardResource: ResourceType = {
  type,
  replacedOn: ['DashboardName'],
  create: async (properties, ctx, names) => {
    const name = (properties.DashboardName as string | undefined) ?? names.generated(255);
    await put(ctx, name, properties);
    return { physicalId: name };
  },
  update: async (name, properties, _previous, ctx) => {
    await put(ctx, name, properties);
    return { physicalId: name };
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('cloudwatch', 'DeleteDashboards', { DashboardNames: [name] }).catch((error: unknown) => {
      if (!(error instanceof AwsError && error.code === 'DashboardNotFoundError')) throw error;
    });
  },
};
