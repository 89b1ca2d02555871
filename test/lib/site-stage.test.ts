import { describe, expect, test } from '@jest/globals';
import { factsParameter, siteNames } from '../../lib/contract/names.js';
import { siteFactsSchema, siteOutputsSchema } from '../../lib/contract/outputs.js';
import { siteFacts } from '../../lib/site-facts.js';
import { ambassify, resourcesOf, synthesise } from './production-templates.js';
import type { TemplateJson } from './production-templates.js';

const { primary, alternate } = ambassify.sites;
const { stacks, templates } = synthesise();
const template = (path: string): TemplateJson => {
  const found = templates.get(path);
  if (!found) throw new Error(`no stack ${path} among ${[...templates.keys()].join()}`);
  return found;
};
const of = (path: string, type: string) => resourcesOf(template(path), type);
const parameter = (path: string, name: string): string => {
  const [, found] = of(path, 'AWS::SSM::Parameter').find(([, { Properties }]) => Properties?.['Name'] === name) ?? [];
  return resolved(found?.Properties?.['Value']);
};
/** What CloudFormation would make of a join: every import becomes a value as long as a load balancer's ARN. */
const resolved = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'];
  return join ? join[1].map(resolved).join(join[0]) : 'x'.repeat(130);
};

describe('the primary', () => {
  test('has one database: encrypted, private, protected, kept, with a login that is not in the template', () => {
    const instances = of('Primary/Database', 'AWS::RDS::DBInstance');
    expect(instances).toHaveLength(1);
    expect(instances[0]?.[1]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DBInstanceIdentifier: 'ambassify-dublin-db-1',
        EngineVersion: '18.4',
        StorageEncrypted: true,
        StorageType: 'gp3',
        PubliclyAccessible: false,
        DeletionProtection: true,
        BackupRetentionPeriod: 7,
        AutoMinorVersionUpgrade: false,
        MasterUserPassword: '{{resolve:secretsmanager:ambassify-dublin-database:SecretString:password::}}',
      },
    });
    expect(Object.keys(template('Primary/Database').Resources)).toHaveLength(1);
  });

  test("copies every recovery point of that database into the alternate's vault", () => {
    expect(JSON.stringify(of('Primary/Data', 'AWS::Backup::BackupPlan'))).toContain(
      '"DestinationBackupVaultArn":"arn:aws:backup:eu-central-1:111122223333:backup-vault:ambassify-frankfurt-vault"',
    );
    expect(JSON.stringify(of('Primary/Data', 'AWS::Backup::BackupSelection'))).toContain(
      'arn:aws:rds:eu-west-1:111122223333:db:ambassify-dublin-db-1',
    );
    expect(of('Alternate/Data', 'AWS::Backup::BackupVault')[0]?.[1].Properties?.['BackupVaultName']).toBe('ambassify-frankfurt-vault');
  });

  test('is the only site that may write the first epoch', () => {
    const environment = (path: string) => JSON.stringify(of(path, 'AWS::ECS::TaskDefinition'));
    expect(environment('Primary/Service')).toContain('{"Name":"FENCE_CLAIM_FIRST_EPOCH","Value":"true"}');
    expect(environment('Alternate/Service')).not.toContain('FENCE_CLAIM_FIRST_EPOCH');
    expect(JSON.stringify(of('Primary/Service', 'AWS::IAM::Policy'))).toContain('s3:PutObject');
    expect(JSON.stringify(of('Alternate/Service', 'AWS::IAM::Policy'))).not.toContain('s3:PutObject');
  });
});

describe('container images', () => {
  test("of each site are copied to the other's registry, whose repository has to be there before the primary's", () => {
    const replicatedTo = (path: string) =>
      JSON.stringify(of(path, 'AWS::ECR::ReplicationConfiguration').map(([, { Properties }]) => Properties));
    expect(replicatedTo('Primary/Images')).toContain('"Region":"eu-central-1"');
    expect(replicatedTo('Alternate/Images')).toContain('"Region":"eu-west-1"');
    const needs = (path: string) => stacks.get(path)?.dependencies.map(({ node }) => node.path);
    expect(needs('Primary/Images')).toEqual(['Alternate/Images']);
    expect(needs('Alternate/Images')).toEqual([]);
    expect(needs('Primary/Service')).toContain('Primary/Images');
  });

  test("are copied by somebody else's configuration where production has adopted it", () => {
    const adopted = synthesise({ ...ambassify, web: { ...ambassify.web, imageReplication: 'adopted' } });
    for (const path of ['Primary/Images', 'Alternate/Images'])
      expect(Object.values(adopted.templates.get(path)!.Resources).map(({ Type }) => Type)).toEqual(['AWS::ECR::Repository']);
  });
});

describe('the alternate', () => {
  test('has no database and backs nothing up', () => {
    const types = [...templates]
      .filter(([path]) => path.startsWith('Alternate/'))
      .flatMap(([, { Resources }]) => Object.values(Resources).map(({ Type }) => Type));
    expect(types.filter((type) => /DBInstance|DBCluster|BackupPlan|BackupSelection/.test(type))).toEqual([]);
  });

  test('stands otherwise complete: whatever the primary has beside its database, the alternate has too', () => {
    for (const id of ['Network', 'Service']) {
      expect(Object.keys(template(`Alternate/${id}`).Resources)).toEqual(Object.keys(template(`Primary/${id}`).Resources));
    }
    const data = Object.keys(template('Alternate/Data').Resources);
    expect(Object.keys(template('Primary/Data').Resources)).toEqual(expect.arrayContaining(data));
    expect(data.join()).toMatch(/Key.*DatabaseSecret.*SubnetGroup.*ParameterGroup.*Vault.*RestoreRole/);
  });

  test('tells its application that there is no database until a recovery says otherwise', () => {
    expect(parameter('Alternate/RecoveryAccess', siteNames(ambassify, alternate).databaseEndpointParameter)).toBe('none');
  });

  test('has the switch: one object that anybody may read, in a bucket that is otherwise closed', () => {
    const statements = of('Alternate/RecoveryAccess', 'AWS::S3::BucketPolicy')
      .flatMap(([, { Properties }]) => (Properties!['PolicyDocument'] as { Statement: { Effect: string; Resource: unknown }[] }).Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ Action: 's3:GetObject', Principal: { AWS: '*' } });
    expect(resolved(statements[0]?.Resource)).toMatch(/\/cut-over$/);
    const buckets = of('Alternate/RecoveryAccess', 'AWS::S3::Bucket').map(([, { Properties }]) => Properties);
    expect(buckets.find((bucket) => bucket?.['BucketName'] === 'ambassify-frankfurt-switch-111122223333')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
    });
    expect(of('Primary/RecoveryAccess', 'AWS::S3::Bucket').map(([, { Properties }]) => Properties?.['BucketName'])).toEqual([
      'ambassify-dublin-journal-111122223333',
      'ambassify-dublin-switch-111122223333',
    ]);
  });
});

describe('each site', () => {
  test.each([
    ['Primary', 'active'],
    ['Alternate', 'standby'],
  ])('%s has one stack parameter, its capacity, %s unless a recovery says otherwise', (site, value) => {
    const { Parameters, Conditions } = template(`${site}/Service`);
    expect(Parameters).toEqual({ Capacity: expect.objectContaining({ AllowedValues: ['standby', 'active'], Default: value }) as unknown });
    expect(Conditions).toEqual({ Active: { 'Fn::Equals': [{ Ref: 'Capacity' }, 'active'] } });
    expect(of(`${site}/Service`, 'AWS::ECS::Service')[0]?.[1].Properties?.['DesiredCount']).toEqual({
      'Fn::If': ['Active', { Ref: 'AWS::NoValue' }, 0],
    });
    const [[, target] = []] = of(`${site}/Service`, 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(target).toMatchObject({ Condition: 'Active', Properties: { MinCapacity: 2, MaxCapacity: 8 } });
    for (const [path, other] of templates)
      if (path !== `${site}/Service` && path.startsWith(site)) expect(other.Parameters).toBeUndefined();
  });

  test('serves TLS only, from TLS 1.2 on, with a certificate of its own region for the name that customers use and for its origin', () => {
    const [[certificate, { Properties } = {}] = []] = of('Alternate/Network', 'AWS::CertificateManager::Certificate');
    expect(Properties).toMatchObject({
      DomainName: 'www.ambassify.example',
      SubjectAlternativeNames: ['frankfurt.origin.ambassify.example'],
    });
    // A zone's id would be an output of another region's stack: its validation records stand before it is asked for.
    expect(Properties).not.toHaveProperty('DomainValidationOptions');
    expect(of('Alternate/Network', 'AWS::ElasticLoadBalancingV2::Listener').map(([, listener]) => listener.Properties)).toEqual([
      expect.objectContaining({
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        Certificates: [{ CertificateArn: { Ref: certificate } }],
      }),
    ]);
  });

  test('owns its origin name by a record that needs no other stack, only a zone of that name', () => {
    const [, record] = of('Alternate/Network', 'AWS::Route53::RecordSet')[0] ?? [];
    expect(record?.Properties).toMatchObject({
      HostedZoneName: 'ambassify.example.',
      Name: 'frankfurt.origin.ambassify.example.',
      Type: 'A',
    });
    expect(record?.Properties?.['AliasTarget']).toMatchObject({ EvaluateTargetHealth: false });
  });

  test.each([
    [
      'Primary',
      'what its data and images are copied to',
      ['Alternate/Data', 'Alternate/Images', 'Alternate/Network', 'Global/DomainValidation', 'Global/Zone'],
    ],
    ['Alternate', 'nothing of a site that may be lost', ['Global/DomainValidation', 'Global/Zone']],
  ])('%s brings zone and proof of its names along, and of the other site %s', (site, _what, brought) => {
    const needed = new Set<string>();
    const visit = (path: string): void =>
      stacks.get(path)?.dependencies.forEach((stack) => {
        if (needed.has(stack.node.path)) return;
        needed.add(stack.node.path);
        visit(stack.node.path);
      });
    for (const path of stacks.keys()) if (path.startsWith(`${site}/`)) visit(path);
    expect([...needed].filter((path) => !path.startsWith(`${site}/`)).sort()).toEqual(brought);
  });

  test.each([
    ['Primary', primary],
    ['Alternate', alternate],
  ] as const)('%s publishes what stands there, in one parameter of at most 4 KiB', (id, site) => {
    const text = parameter(`${id}/RecoveryAccess`, siteNames(ambassify, site).outputsParameter);
    expect(Buffer.byteLength(text)).toBeLessThan(4096);
    expect(siteOutputsSchema.parse(JSON.parse(text))).toMatchObject({
      site: site.name,
      region: site.region,
      serviceStack: stacks.get(`${id}/Service`)?.stackName,
      capacityParameter: 'Capacity',
      listenerPort: 443,
    });
  });

  test.each([
    ['Alternate', primary],
    ['Primary', alternate],
  ] as const)('%s knows beforehand every fact about the other', (id, lost) => {
    const facts = siteFactsSchema.parse(JSON.parse(parameter(`${id}/RecoveryAccess`, factsParameter(ambassify, lost))));
    expect(facts).toEqual(siteFacts(ambassify, lost));
  });

  test('the facts about the primary say what its database really is', () => {
    const facts = siteFacts(ambassify, primary).database;
    const [, database] = of('Primary/Database', 'AWS::RDS::DBInstance')[0] ?? [];
    expect(database?.Properties).toMatchObject({
      DBInstanceIdentifier: facts.identifier,
      DBName: facts.name,
      MasterUsername: facts.username,
      Engine: facts.engine,
      EngineVersion: facts.engineVersion,
      DBInstanceClass: facts.instanceClass,
      AllocatedStorage: String(facts.allocatedStorageGiB),
      StorageType: facts.storageType,
      Port: String(facts.port),
      MultiAZ: facts.multiAz,
      DeletionProtection: facts.deletionProtection,
      BackupRetentionPeriod: facts.backupRetentionDays,
    });
    for (const site of ['Primary', 'Alternate']) {
      expect(of(`${site}/Data`, 'AWS::RDS::DBParameterGroup')[0]?.[1].Properties).toMatchObject({
        Family: 'postgres18',
        Parameters: facts.parameters,
      });
    }
  });

  test('keeps what holds data when its stack goes, and refuses to let that stack go', () => {
    const kept = /RDS::DBInstance|KMS::Key|SecretsManager::Secret|Backup::BackupVault|S3::Bucket$|Logs::LogGroup|Route53::HostedZone/;
    let seen = 0;
    for (const [path, { Resources }] of templates) {
      for (const resource of Object.values(Resources).filter(({ Type }) => kept.test(Type))) {
        seen += 1;
        expect({ path, type: resource.Type, policy: resource.UpdateReplacePolicy }).toEqual({
          path,
          type: resource.Type,
          policy: 'Retain',
        });
        expect(resource.DeletionPolicy).toMatch(/^Retain/);
      }
    }
    expect(seen).toBe(19);
    for (const path of ['Primary/Database', 'Primary/Data', 'Alternate/Data', 'Global/Zone', 'Global/Witness']) {
      expect({ path, protected: stacks.get(path)?.terminationProtection }).toEqual({ path, protected: true });
    }
  });

  test('can be any site in any region: swapping the roles swaps everything', () => {
    const swapped = synthesise({ ...ambassify, sites: { primary: alternate, alternate: primary } });
    expect(swapped.stacks.get('Primary/Database')?.stackName).toBe('ambassify-frankfurt-db-1');
    expect(swapped.stacks.get('Primary/Database')?.region).toBe('eu-central-1');
    expect(swapped.templates.get('Alternate/Network')).toEqual(template('Primary/Network'));
  });
});
