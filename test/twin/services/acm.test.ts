import { describe, expect, test } from '@jest/globals';
import type * as Acm from '@aws-sdk/client-acm';
import { acm } from '../../../twin/services/acm/index.js';
import { route53 } from '../../../twin/services/route-53/index.js';
import { worldOfThings } from '../../helpers/things.js';
import { zoneWorld } from '../../helpers/zone-world.js';

const setUp = async () => {
  const world = await zoneWorld([acm]);
  const acmCall = <Output>(operation: string, input: object = {}, region?: string) =>
    world.callOther<Output>('acm', operation, input, region);
  const request = async (input: Partial<Acm.RequestCertificateRequest> = {}, region?: string) =>
    (
      await acmCall<{ CertificateArn: string }>(
        'RequestCertificate',
        { DomainName: 'www.example.com', ValidationMethod: 'DNS', ...input },
        region,
      )
    ).CertificateArn;
  const described = async (CertificateArn: string, region?: string) =>
    (await acmCall<{ Certificate: Acm.CertificateDetail }>('DescribeCertificate', { CertificateArn }, region)).Certificate;
  /** Puts what ACM asks for into the zone. */
  const prove = async (arn: string, which = (_domain: string): boolean => true, region?: string) => {
    const asked = (await described(arn, region)).DomainValidationOptions!.filter(({ DomainName }) => which(DomainName!));
    const records = new Map(asked.map(({ ResourceRecord }) => [ResourceRecord!.Name!, ResourceRecord!.Value!]));
    for (const [Name, Value] of records) await world.change(['UPSERT', { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] }]);
  };
  return { ...world, acmCall, request, described, prove };
};

describe('a certificate', () => {
  test('is issued some time after its CNAME is answered, and not before', async () => {
    const { request, described, prove, pass } = await setUp();
    const arn = await request();
    expect(arn).toMatch(/^arn:aws:acm:eu-central-1:111122223333:certificate\/[0-9a-f-]{36}$/);
    await pass(24 * 3600);
    expect(await described(arn)).toMatchObject({ Status: 'PENDING_VALIDATION', RenewalEligibility: 'INELIGIBLE' });
    await prove(arn);
    await pass(5);
    expect((await described(arn)).Status).toBe('PENDING_VALIDATION');
    await pass(600);
    const { Status, DomainValidationOptions, NotBefore, NotAfter, IssuedAt } = await described(arn);
    expect({ Status, validation: DomainValidationOptions![0]!.ValidationStatus }).toEqual({ Status: 'ISSUED', validation: 'SUCCESS' });
    expect(NotBefore!.getTime()).toBeLessThanOrEqual(IssuedAt!.getTime());
    expect((NotAfter!.getTime() - NotBefore!.getTime()) / 86_400_000).toBeCloseTo(198, 2);
  });

  test('shows the record to write only some seconds after it was requested', async () => {
    const { request, described, pass } = await setUp();
    const arn = await request();
    expect((await described(arn)).DomainValidationOptions![0]!.ResourceRecord).toBeUndefined();
    await pass(10);
    expect((await described(arn)).DomainValidationOptions![0]!.ResourceRecord).toEqual({
      Name: expect.stringMatching(/^_[0-9a-f]{32}\.www\.example\.com\.$/),
      Type: 'CNAME',
      Value: expect.stringMatching(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/),
    });
  });

  test('needs every one of its names proven; a wildcard is proven by the record of its domain', async () => {
    const { request, described, prove, pass } = await setUp();
    const arn = await request({ DomainName: 'example.com', SubjectAlternativeNames: ['*.example.com', 'api.example.com'] });
    await pass(10);
    const [apex, wildcard, api] = (await described(arn)).DomainValidationOptions!;
    expect(wildcard!.ResourceRecord).toEqual(apex!.ResourceRecord);
    expect(api!.ResourceRecord).not.toEqual(apex!.ResourceRecord);
    await prove(arn, (domain) => domain !== 'api.example.com');
    await pass(3600);
    const half = await described(arn);
    expect(half.Status).toBe('PENDING_VALIDATION');
    expect(half.DomainValidationOptions!.map(({ ValidationStatus }) => ValidationStatus)).toEqual([
      'SUCCESS',
      'SUCCESS',
      'PENDING_VALIDATION',
    ]);
    await prove(arn);
    await pass(600);
    expect((await described(arn)).Status).toBe('ISSUED');
  });

  test('is not proven by another value at the right name', async () => {
    const { request, described, change, pass } = await setUp();
    const arn = await request();
    await pass(10);
    const { Name } = (await described(arn)).DomainValidationOptions![0]!.ResourceRecord!;
    await change(['CREATE', { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: '_0.example.com' }] }]);
    await pass(3600);
    expect((await described(arn)).Status).toBe('PENDING_VALIDATION');
  });

  test('is given up after three days', async () => {
    const { request, described, pass, prove } = await setUp();
    const arn = await request();
    await pass(73 * 3600);
    expect(await described(arn)).toMatchObject({
      Status: 'VALIDATION_TIMED_OUT',
      DomainValidationOptions: [{ ValidationStatus: 'FAILED' }],
    });
    await prove(arn);
    await pass(3600);
    expect((await described(arn)).Status).toBe('VALIDATION_TIMED_OUT');
  });

  test('belongs to one region, proven by the same record in each, and is not issued in a region that is lost', async () => {
    const { request, described, prove, pass, world } = await setUp();
    const [here, there] = [await request({}, 'eu-central-1'), await request({}, 'eu-west-1')];
    await expect(described(there)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await pass(10);
    await world.loseRegion('eu-west-1');
    await prove(here);
    await pass(600);
    expect((await described(here)).Status).toBe('ISSUED');
    await expect(described(there, 'eu-west-1')).rejects.toThrow('eu-west-1 is lost');
  });

  test('is proven while the control planes of us-east-1 are lost, by a record that stands already', async () => {
    const { request, described, prove, pass, world } = await setUp();
    const first = await request();
    await pass(10);
    await prove(first);
    await pass(600);
    await world.loseRegion('us-east-1');
    const second = await request();
    await pass(600);
    expect((await described(second)).Status).toBe('ISSUED');
  });

  test('is the same one for the same request with the same token within an hour', async () => {
    const { request, pass } = await setUp();
    const arn = await request({ IdempotencyToken: 'one' });
    expect(await request({ IdempotencyToken: 'one' })).toBe(arn);
    expect(await request({ IdempotencyToken: 'one', DomainName: 'api.example.com' })).not.toBe(arn);
    await pass(3601);
    expect(await request({ IdempotencyToken: 'one' })).not.toBe(arn);
  });

  test('is listed, by state and kind of key, tagged, and gone once deleted', async () => {
    const { acmCall, request, described } = await setUp();
    const arn = await request({ Tags: [{ Key: 'site', Value: 'frankfurt' }] });
    await request({ KeyAlgorithm: 'EC_prime256v1' });
    const list = async (input: object) =>
      (await acmCall<Acm.ListCertificatesResponse>('ListCertificates', input)).CertificateSummaryList!.map(
        ({ CertificateArn }) => CertificateArn,
      );
    expect(await list({})).toEqual([arn]);
    expect(await list({ Includes: { keyTypes: ['RSA_2048', 'EC_prime256v1'] } })).toHaveLength(2);
    expect(await list({ CertificateStatuses: ['ISSUED'] })).toEqual([]);
    await acmCall('AddTagsToCertificate', { CertificateArn: arn, Tags: [{ Key: 'team', Value: 'dev-ops' }] });
    await acmCall('RemoveTagsFromCertificate', { CertificateArn: arn, Tags: [{ Key: 'site' }, { Key: 'team', Value: 'other' }] });
    expect(await acmCall('ListTagsForCertificate', { CertificateArn: arn })).toEqual({ Tags: [{ Key: 'team', Value: 'dev-ops' }] });
    await acmCall('DeleteCertificate', { CertificateArn: arn });
    await expect(described(arn)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test.each<[string, Partial<Acm.RequestCertificateRequest>, string]>([
    ['validation by mail, which is what nothing asks for', { ValidationMethod: undefined }, 'NotModelled'],
    ['a private authority', { CertificateAuthorityArn: 'arn:aws:acm-pca:x' }, 'NotModelled'],
    ['a name that is none', { DomainName: 'not a name' }, 'ValidationException'],
    ['eleven names', { SubjectAlternativeNames: Array.from({ length: 10 }, (_, nth) => `n${nth}.example.com`) }, 'LimitExceededException'],
    ['a key that only imported certificates have', { KeyAlgorithm: 'RSA_4096' }, 'ValidationException'],
  ])('is refused with %s', async (_what, input, code) => {
    const { request } = await setUp();
    await expect(request(input)).rejects.toMatchObject({ code });
  });
});

describe('AWS::CertificateManager::Certificate', () => {
  const template = (zone: object) => ({
    Resources: {
      Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.net.' } },
      Certificate: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: {
          DomainName: 'example.net',
          SubjectAlternativeNames: ['*.example.net'],
          ValidationMethod: 'DNS',
          DomainValidationOptions: [{ DomainName: 'example.net', ...zone }],
          Tags: [{ Key: 'site', Value: 'dublin' }],
        },
      },
    },
    Outputs: { Arn: { Value: { Ref: 'Certificate' } }, Zone: { Value: { Ref: 'Zone' } } },
  });
  const world = () => worldOfThings([acm, route53]);

  test('writes its validation record into the zone it names, waits for the certificate, and leaves the record behind', async () => {
    const { deploy, call, cfn, look } = world();
    const stack = await deploy(template({ HostedZoneId: { Ref: 'Zone' } }));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const [arn, zone] = ['Arn', 'Zone'].map((key) => stack.Outputs.find(({ OutputKey }) => OutputKey === key)!.OutputValue);
    const found = await call<{ Certificate: Acm.CertificateDetail }>('acm', 'DescribeCertificate', { CertificateArn: arn });
    expect(found.Certificate).toMatchObject({ Status: 'ISSUED', DomainName: 'example.net' });
    await call('route-53', 'GetHostedZone', { Id: zone });
    const updated = template({ HostedZoneId: { Ref: 'Zone' } });
    updated.Resources.Certificate.Properties.Tags = [{ Key: 'site', Value: 'frankfurt' }];
    expect((await deploy(updated)).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await call('acm', 'ListTagsForCertificate', { CertificateArn: arn })).toEqual({ Tags: [{ Key: 'site', Value: 'frankfurt' }] });
    const { Certificate: _gone, ...kept } = updated.Resources;
    await cfn('UpdateStack', { StackName: 'Site', TemplateBody: JSON.stringify({ Resources: kept }) });
    await look('DescribeStacks', { StackName: 'Site' });
    await expect(call('acm', 'DescribeCertificate', { CertificateArn: arn })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    const { ResourceRecordSets } = await call<{ ResourceRecordSets: { Type: string }[] }>('route-53', 'ListResourceRecordSets', {
      HostedZoneId: zone,
    });
    expect(ResourceRecordSets.map(({ Type }) => Type)).toEqual(['NS', 'SOA', 'CNAME']);
  });

  test('fails the stack when nobody writes the record', async () => {
    const { deploy, events } = world();
    expect((await deploy(template({}))).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await events()).join('\n')).toMatch(/Certificate CREATE_FAILED .*did not stabilize/);
  });
});
