import type * as R53 from '@aws-sdk/client-route-53';
import { route53 } from '../../twin/services/route-53/index.js';
import type { Service } from '../../twin/services/service.js';
import { serviceWorld } from './service-world.js';

/** A world with the zone example.com, which its name servers answer; `others` beside Route 53. */
export const zoneWorld = async (others: readonly Service[] = [], seed = 1) => {
  const world = serviceWorld([route53, ...others], { region: 'eu-central-1', seed });
  let answering: Parameters<typeof world.dataplane.dns.serve>[0] | undefined;
  world.dataplane.dns.serve = (serve) => (answering = serve);
  route53.begin!(world.ctx());
  const call = <Output>(operation: string, input: object) => world.call<Output>('route-53', operation, input);
  const made = await call<R53.CreateHostedZoneResponse>('CreateHostedZone', { Name: 'example.com', CallerReference: 'one' });
  const HostedZoneId = made.HostedZone!.Id!.replace('/hostedzone/', '');
  const change = (...changes: [R53.ChangeAction, R53.ResourceRecordSet][]) =>
    call<R53.ChangeResourceRecordSetsResponse>('ChangeResourceRecordSets', {
      HostedZoneId,
      ChangeBatch: { Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) },
    });
  const check = async (config: Partial<R53.HealthCheckConfig> = {}) => {
    const HealthCheckConfig = {
      Type: 'HTTP',
      FullyQualifiedDomainName: 'a.example.com',
      RequestInterval: 10,
      FailureThreshold: 3,
      ...config,
    };
    const input = { CallerReference: JSON.stringify(HealthCheckConfig), HealthCheckConfig };
    return (await call<R53.CreateHealthCheckResponse>('CreateHealthCheck', input)).HealthCheck!.Id!;
  };
  const ask = (name: string, type = 'A') => answering!(name, type);
  const data = (name: string, type = 'A') => ask(name, type).answers.map((found) => found.data);
  return { ...world, callOther: world.call, call, made, HostedZoneId, change, check, ask, data };
};

/** An A record of one address. */
export const a = (Name: string, Value: string, more: Partial<R53.ResourceRecordSet> = {}): R53.ResourceRecordSet => ({
  ...{ Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value }] },
  ...more,
});
