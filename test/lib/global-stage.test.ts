import { describe, expect, test } from '@jest/globals';
import { globalOutputsSchema } from '../../lib/contract/outputs.js';
import { checks } from '../../recovery/checks/index.js';
import { surveyIam } from '../../recovery/adapters/survey.js';
import { steps } from '../../recovery/steps/index.js';
import { ambassify, resourcesOf, synthesise } from './production-templates.js';

const { stacks, templates } = synthesise();
const traffic = templates.get('Global/Traffic') ?? { Resources: {} };
const records = resourcesOf(traffic, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties ?? {});

const statements = resourcesOf(traffic, 'AWS::IAM::Policy').flatMap(
  ([, { Properties }]) =>
    (Properties?.['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: unknown; Condition?: unknown }[] }).Statement,
);

describe('the global stage', () => {
  test("has nothing in the primary's region", () => {
    const regions = [...stacks].filter(([path]) => path.startsWith('Global/')).map(([path, { region }]) => [path, region]);
    expect(Object.fromEntries(regions)).toEqual({
      'Global/Zone': 'eu-west-3',
      'Global/Traffic': 'eu-west-3',
      'Global/Witness': 'eu-west-3',
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

  test('lets the orchestrator do what its survey, steps and checks declare, and nothing more', () => {
    const declared = new Set([...surveyIam, ...steps.flatMap(({ iam }) => iam), ...checks.flatMap(({ iam }) => iam)]);
    expect(declared.size).toBeGreaterThan(20);
    expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(
      new Set([...declared, 's3:ListBucket', 's3:GetBucketObjectLockConfiguration', 's3:PutObjectRetention']),
    );
  });

  test('lets the orchestrator act in the region recovered to only, delete nothing, and write no record or role', () => {
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /\*|Delete|^route53:|^iam:(?!PassRole)/.test(action))).toEqual([]);
    expect(JSON.stringify(statements.map(({ Resource }) => Resource))).not.toContain(ambassify.sites.primary.region);
    for (const { Resource, Condition } of statements) if (Resource === '*') expect(Condition).toBeDefined();
  });
});
