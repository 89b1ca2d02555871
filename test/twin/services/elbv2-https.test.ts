import { describe, expect, test } from '@jest/globals';
import type * as Acm from '@aws-sdk/client-acm';
import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { acm } from '../../../twin/services/acm/index.js';
import { elasticLoadBalancingV2 } from '../../../twin/services/elastic-load-balancing-v2/index.js';
import { twoSubnets } from '../../helpers/tiny-services.js';
import { zoneWorld } from '../../helpers/zone-world.js';

const region = 'eu-central-1';

const setUp = async () => {
  const world = await zoneWorld([acm, elasticLoadBalancingV2, twoSubnets]);
  const elb = <Output>(operation: string, input: object) => world.callOther<Output>('elastic-load-balancing-v2', operation, input);
  const acmCall = <Output>(operation: string, input: object, where = region) => world.callOther<Output>('acm', operation, input, where);
  const described = async (CertificateArn: string) =>
    (await acmCall<{ Certificate: Acm.CertificateDetail }>('DescribeCertificate', { CertificateArn })).Certificate;
  const requested = async (where = region) =>
    (await acmCall<{ CertificateArn: string }>('RequestCertificate', { DomainName: 'www.example.com', ValidationMethod: 'DNS' }, where))
      .CertificateArn;
  const issued = async () => {
    const arn = await requested();
    await world.pass(10);
    const { Name, Value } = (await described(arn)).DomainValidationOptions![0]!.ResourceRecord!;
    await world.change(['UPSERT', { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] }]);
    await world.pass(600);
    return arn;
  };
  const made = await elb<Elb.CreateLoadBalancerOutput>('CreateLoadBalancer', { Name: 'web', Subnets: ['subnet-a', 'subnet-b'] });
  const LoadBalancerArn = made.LoadBalancers![0]!.LoadBalancerArn!;
  const group = { Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-1', TargetType: 'ip' };
  const [{ TargetGroupArn } = {}] = (await elb<Elb.CreateTargetGroupOutput>('CreateTargetGroup', group)).TargetGroups!;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  await world.pass(240);
  const listen = async (input: object = {}) =>
    (await elb<Elb.CreateListenerOutput>('CreateListener', { LoadBalancerArn, Port: 443, Protocol: 'HTTPS', DefaultActions, ...input }))
      .Listeners![0]!;
  const opened = () => world.dataplane.openLoadBalancers.get(LoadBalancerArn);
  return { ...world, elb, acmCall, described, requested, issued, listen, opened, LoadBalancerArn };
};
const using = (...arns: string[]) => ({ Certificates: arns.map((CertificateArn) => ({ CertificateArn })) });

describe('an HTTPS listener', () => {
  test('serves an issued certificate of its region, which is in use until the listener is gone', async () => {
    const { listen, issued, opened, described, acmCall, elb, LoadBalancerArn } = await setUp();
    const arn = await issued();
    const listener = await listen(using(arn));
    expect(listener).toMatchObject({ Protocol: 'HTTPS', Certificates: [{ CertificateArn: arn }], SslPolicy: 'ELBSecurityPolicy-2016-08' });
    expect(opened()![0]!.tls).toMatchObject({ certificate: { id: arn, names: ['www.example.com'] }, minVersion: 'TLSv1' });
    expect(await described(arn)).toMatchObject({ InUseBy: [LoadBalancerArn], RenewalEligibility: 'ELIGIBLE' });
    await expect(acmCall('DeleteCertificate', { CertificateArn: arn })).rejects.toMatchObject({ code: 'ResourceInUseException' });
    await elb('DeleteListener', { ListenerArn: listener.ListenerArn });
    await acmCall('DeleteCertificate', { CertificateArn: arn });
  });

  test('frees its certificate when its load balancer goes', async () => {
    const { listen, issued, acmCall, elb, LoadBalancerArn } = await setUp();
    const arn = await issued();
    await listen(using(arn));
    await elb('DeleteLoadBalancer', { LoadBalancerArn });
    await expect(acmCall('DeleteCertificate', { CertificateArn: arn })).resolves.toBeDefined();
  });

  test('changes certificate and policy, and becomes a listener in the clear', async () => {
    const { listen, issued, described, elb, opened } = await setUp();
    const [one, other] = [await issued(), await issued()];
    const { ListenerArn } = await listen(using(one));
    const SslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
    await elb('ModifyListener', { ListenerArn, ...using(other), SslPolicy });
    expect(opened()![0]!.tls).toMatchObject({ certificate: { id: other }, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' });
    expect([(await described(one)).InUseBy, (await described(other)).InUseBy!.length]).toEqual([[], 1]);
    await elb('ModifyListener', { ListenerArn, Protocol: 'HTTP' });
    expect(opened()![0]!.tls).toBeUndefined();
    expect((await described(other)).InUseBy).toEqual([]);
  });

  test('takes no certificate that is missing, unproven, of another region or too many, and no policy that the twin has not', async () => {
    const { listen, issued, requested } = await setUp();
    const [good, unproven, elsewhere] = [await issued(), await requested(), await requested('eu-west-1')];
    const refused: [object, string][] = [
      [{}, 'ValidationError'],
      [using(unproven), 'UnsupportedCertificate'],
      [using(elsewhere), 'CertificateNotFoundException'],
      [using(good, good), 'ValidationError'],
      [using('arn:aws:iam::111122223333:server-certificate/old'), 'NotModelled'],
      [{ ...using(good), SslPolicy: 'ELBSecurityPolicy-FS-2018-06' }, 'NotModelled'],
      [{ ...using(good), Protocol: 'HTTP' }, 'ValidationError'],
    ];
    for (const [input, code] of refused) await expect(listen(input)).rejects.toMatchObject({ code });
  });
});
