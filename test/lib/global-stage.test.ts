import { describe, expect, test } from '@jest/globals';
import { globalOutputsSchema } from '../../lib/contract/outputs.js';
import { recoveryActions } from '../../lib/recovery-actions.js';
import { resourcesOf, synthesise } from './production-templates.js';

const { stacks, templates } = synthesise();
const traffic = templates.get('Global/Traffic') ?? { Resources: {} };
const records = resourcesOf(traffic, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties ?? {});

describe('the global stage', () => {
  test("has nothing in the primary's region", () => {
    const regions = [...stacks].filter(([path]) => path.startsWith('Global/')).map(([path, { region }]) => [path, region]);
    expect(Object.fromEntries(regions)).toEqual({
      'Global/Zone': 'eu-west-3',
      'Global/DomainValidation': 'eu-west-3',
      'Global/Traffic': 'eu-west-3',
      'Global/Witness': 'eu-west-3',
    });
  });

  test('proves the names of both sites to ACM by records in the zone', () => {
    const [[, certificate] = []] = resourcesOf(templates.get('Global/DomainValidation')!, 'AWS::CertificateManager::Certificate');
    const names = ['www.ambassify.example', 'dublin.origin.ambassify.example', 'frankfurt.origin.ambassify.example'];
    expect(certificate?.Properties).toMatchObject({
      DomainName: names[0],
      SubjectAlternativeNames: names.slice(1),
      ValidationMethod: 'DNS',
      DomainValidationOptions: names.map((DomainName) => ({ DomainName, HostedZoneId: expect.anything() })),
    });
  });

  test('answers the web name with one origin name or the other, and looks at the health of neither', () => {
    expect(records.map(({ Name, Failover, SetIdentifier, AliasTarget }) => ({ Name, Failover, SetIdentifier, AliasTarget }))).toEqual([
      {
        Name: 'www.ambassify.example.',
        Failover: 'PRIMARY',
        SetIdentifier: 'dublin',
        AliasTarget: expect.objectContaining({ DNSName: 'dublin.origin.ambassify.example.', EvaluateTargetHealth: false }) as unknown,
      },
      {
        Name: 'www.ambassify.example.',
        Failover: 'SECONDARY',
        SetIdentifier: 'frankfurt',
        AliasTarget: expect.objectContaining({ DNSName: 'frankfurt.origin.ambassify.example.', EvaluateTargetHealth: false }) as unknown,
      },
    ]);
  });

  test('has a health check on the primary record only: the inverted switch in the other region', () => {
    const checks = resourcesOf(traffic, 'AWS::Route53::HealthCheck');
    expect(checks).toHaveLength(1);
    const [id, check] = checks[0] ?? [];
    expect(records.map((record) => record['HealthCheckId'])).toEqual([{ 'Fn::GetAtt': [id, 'HealthCheckId'] }, undefined]);
    expect(check?.Properties?.['HealthCheckConfig']).toEqual({
      Type: 'HTTPS',
      FullyQualifiedDomainName: 'ambassify-frankfurt-switch-111122223333.s3.eu-central-1.amazonaws.com',
      Port: 443,
      ResourcePath: '/cut-over',
      EnableSNI: true,
      RequestInterval: 10,
      FailureThreshold: 3,
      Inverted: true,
    });
  });

  test.each(['Primary', 'Alternate'])('is known at the %s: what a recovery must know of it, the time its switch takes included', (site) => {
    const [parameter] = resourcesOf(templates.get(`${site}/RecoveryAccess`)!, 'AWS::SSM::Parameter').filter(
      ([, { Properties }]) => Properties?.['Name'] === '/altsite/ambassify/global',
    );
    expect(globalOutputsSchema.parse(JSON.parse(parameter?.[1].Properties?.['Value'] as string))).toMatchObject({
      webName: 'www.ambassify.example',
      switchBucket: 'ambassify-frankfurt-switch-111122223333',
      healthCheckSeconds: 30,
      leaseSeconds: 30,
    });
  });

  test('has a role for each team of the plan, and one for the recovery around their tasks', () => {
    const roles = resourcesOf(traffic, 'AWS::IAM::Role').map(([, { Properties }]) => Properties?.['RoleName']);
    expect(roles).toEqual(Object.keys(recoveryActions()).map((of) => `ambassify-recovery-${of}`));
    expect(roles).toContain('ambassify-recovery-orchestrator');
  });
});
