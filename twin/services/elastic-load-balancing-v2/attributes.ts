import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operations } from '../service.js';
import { invalid, needLoadBalancer, needTargetGroup, notModelled } from './records.js';

/** What an attribute may be set to: `recorded` values change nothing the twin models, `enforced` ones are obeyed. */
type Attribute = { initial: string } & ({ kind: 'enforced' } | { kind: 'recorded' } | { kind: 'only-initial' });
const enforced = (initial: string): Attribute => ({ initial, kind: 'enforced' });
const recorded = (initial: string): Attribute => ({ initial, kind: 'recorded' });
const onlyInitial = (initial: string): Attribute => ({ initial, kind: 'only-initial' });

const loadBalancerAttributes: Readonly<Record<string, Attribute>> = {
  'deletion_protection.enabled': enforced('false'),
  'access_logs.s3.enabled': onlyInitial('false'),
  'access_logs.s3.bucket': onlyInitial(''),
  'access_logs.s3.prefix': onlyInitial(''),
  'connection_logs.s3.enabled': onlyInitial('false'),
  'idle_timeout.timeout_seconds': recorded('60'),
  'client_keep_alive.seconds': recorded('3600'),
  'load_balancing.cross_zone.enabled': onlyInitial('true'),
  'routing.http2.enabled': recorded('true'),
  'routing.http.drop_invalid_header_fields.enabled': recorded('false'),
  'routing.http.desync_mitigation_mode': recorded('defensive'),
  'routing.http.preserve_host_header.enabled': onlyInitial('false'),
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': onlyInitial('false'),
  'routing.http.xff_client_port.enabled': onlyInitial('false'),
  'routing.http.xff_header_processing.mode': onlyInitial('append'),
  'waf.fail_open.enabled': onlyInitial('false'),
  'zonal_shift.config.enabled': onlyInitial('false'),
};

const targetGroupAttributes: Readonly<Record<string, Attribute>> = {
  'deregistration_delay.timeout_seconds': enforced('300'),
  'stickiness.enabled': onlyInitial('false'),
  'stickiness.type': recorded('lb_cookie'),
  'stickiness.lb_cookie.duration_seconds': recorded('86400'),
  'slow_start.duration_seconds': onlyInitial('0'),
  'load_balancing.algorithm.type': recorded('round_robin'),
  'load_balancing.algorithm.anomaly_mitigation': onlyInitial('off'),
  'load_balancing.cross_zone.enabled': recorded('use_load_balancer_configuration'),
  'target_group_health.dns_failover.minimum_healthy_targets.count': onlyInitial('1'),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': onlyInitial('1'),
};

const initialOf = (known: Readonly<Record<string, Attribute>>): Map<string, string> =>
  new Map(Object.entries(known).map(([key, { initial }]) => [key, initial]));
export const initialLoadBalancerAttributes = (): Map<string, string> => initialOf(loadBalancerAttributes);
export const initialTargetGroupAttributes = (): Map<string, string> => initialOf(targetGroupAttributes);

type Given = { Key?: string | undefined; Value?: string | undefined };
const change = (known: Readonly<Record<string, Attribute>>, held: Map<string, string>, given: readonly Given[]): void => {
  for (const { Key = '', Value = '' } of given) {
    const attribute = known[Key];
    if (!attribute) throw invalid(`Key '${Key}' not supported`);
    if (attribute.kind === 'only-initial' && Value !== attribute.initial) throw notModelled(`attribute ${Key}=${Value}`);
    if (Key.endsWith('timeout_seconds') && !/^\d{1,4}$/.test(Value)) throw invalid(`Value '${Value}' is not valid for key '${Key}'`);
  }
  for (const { Key = '', Value = '' } of given) held.set(Key, Value);
};
const list = (held: Map<string, string>): { Key: string; Value: string }[] => [...held].map(([Key, Value]) => ({ Key, Value }));

export const attributeOperations: Operations<typeof Elb> = {
  DescribeLoadBalancerAttributes: ({ LoadBalancerArn }, ctx) => ({ Attributes: list(needLoadBalancer(ctx, LoadBalancerArn).attributes) }),
  ModifyLoadBalancerAttributes: ({ LoadBalancerArn, Attributes }, ctx) => {
    const { attributes } = needLoadBalancer(ctx, LoadBalancerArn);
    change(loadBalancerAttributes, attributes, Attributes ?? []);
    return { Attributes: list(attributes) };
  },
  DescribeTargetGroupAttributes: ({ TargetGroupArn }, ctx) => ({ Attributes: list(needTargetGroup(ctx, TargetGroupArn).attributes) }),
  ModifyTargetGroupAttributes: ({ TargetGroupArn, Attributes }, ctx) => {
    const { attributes } = needTargetGroup(ctx, TargetGroupArn);
    change(targetGroupAttributes, attributes, Attributes ?? []);
    return { Attributes: list(attributes) };
  },
};
