import type * as R53 from '@aws-sdk/client-route-53';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { syncTags } from './zone-resource.js';

const configOf = (properties: ResourceProperties) => {
  const read = readProperties('AWS::Route53::HealthCheck HealthCheckConfig', (properties.HealthCheckConfig ?? {}) as ResourceProperties, [
    ...['Type', 'IPAddress', 'Port', 'ResourcePath', 'FullyQualifiedDomainName', 'SearchString', 'RequestInterval', 'FailureThreshold'],
    ...['Inverted', 'Disabled', 'EnableSNI', 'MeasureLatency', 'HealthThreshold', 'ChildHealthChecks'],
    ...['AlarmIdentifier', 'InsufficientDataHealthStatus', 'RoutingControlArn'],
  ]);
  return {
    Type: read.text('Type'),
    IPAddress: read.text('IPAddress'),
    Port: read.number('Port'),
    ResourcePath: read.text('ResourcePath'),
    FullyQualifiedDomainName: read.text('FullyQualifiedDomainName'),
    SearchString: read.text('SearchString'),
    RequestInterval: read.number('RequestInterval'),
    FailureThreshold: read.number('FailureThreshold'),
    Inverted: read.flag('Inverted'),
    Disabled: read.flag('Disabled'),
    EnableSNI: read.flag('EnableSNI'),
    MeasureLatency: read.flag('MeasureLatency'),
    HealthThreshold: read.number('HealthThreshold'),
    ChildHealthChecks: read.texts('ChildHealthChecks'),
    AlarmIdentifier: read.raw('AlarmIdentifier') as R53.AlarmIdentifier | undefined,
    InsufficientDataHealthStatus: read.text('InsufficientDataHealthStatus'),
    RoutingControlArn: read.text('RoutingControlArn'),
  };
};
const tagsOf = (properties: ResourceProperties): R53.Tag[] =>
  readProperties('AWS::Route53::HealthCheck', properties, ['HealthCheckConfig', 'HealthCheckTags']).tags('HealthCheckTags') ?? [];

/** Kinds of check that have no threshold of their own. */
const endpointless = ['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL'];

export const healthCheck: ResourceType = {
  type: 'AWS::Route53::HealthCheck',
  replacedOn: ['Type', 'RequestInterval', 'MeasureLatency', 'RoutingControlArn'].map((name) => `HealthCheckConfig.${name}`),
  create: async (properties, ctx, names) => {
    const { HealthCheck } = await ctx.call<R53.CreateHealthCheckResponse>('route-53', 'CreateHealthCheck', {
      CallerReference: names.generated(64),
      HealthCheckConfig: configOf(properties),
    });
    const id = HealthCheck!.Id!;
    await syncTags({ ResourceType: 'healthcheck', ResourceId: id }, { before: [], after: tagsOf(properties) }, ctx);
    return { physicalId: id, attributes: { HealthCheckId: id } };
  },
  update: async (id, properties, previous, ctx) => {
    const {
      Type: _type,
      RequestInterval: _interval,
      MeasureLatency: _latency,
      RoutingControlArn: _control,
      ...changes
    } = configOf(properties);
    const before = configOf(previous);
    const ResetElements = (['FullyQualifiedDomainName', 'ResourcePath', 'ChildHealthChecks'] as const).filter(
      (name) => before[name] !== undefined && changes[name] === undefined,
    );
    const defaults = { Inverted: false, Disabled: false, ...(endpointless.includes(_type ?? '') ? {} : { FailureThreshold: 3 }) };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await ctx.call('route-53', 'UpdateHealthCheck', { HealthCheckId: id, ...defaults, ...given, ResetElements });
    await syncTags({ ResourceType: 'healthcheck', ResourceId: id }, { before: tagsOf(previous), after: tagsOf(properties) }, ctx);
    return { physicalId: id, attributes: { HealthCheckId: id } };
  },
  delete: async (id, _properties, ctx) => {
    await ctx.call('route-53', 'DeleteHealthCheck', { HealthCheckId: id });
  },
};
