/**
 * The only place that makes AWS clients. In the twin's world every client has an explicit loopback endpoint and its handler refuses
 * any other host before a socket is opened; in AWS's world no endpoint is set, but for a cluster's own, which AWS gives no other way to name.
 */
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53RecoveryClusterClient } from '@aws-sdk/client-route53-recovery-cluster';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';
import type { Credentials } from './assumed-role.js';
import { fromAws } from './aws-errors.js';
import { isLoopback } from './loopback.js';

export interface ClientSettings {
  /** The twin's URL, or null for AWS itself. */
  readonly endpoint: string | null;
  /** Null: whatever the SDK finds for the person. */
  readonly credentials: Credentials | (() => Promise<Credentials>) | null;
  /** Sent with every call, e.g. the clock lease in the twin's world. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** How long an answer is waited for, milliseconds. */
  readonly patienceMs?: number;
  /** Has every client answered inside this process (the twin's in-process door); `endpoint` is then never spoken to. */
  readonly attach?: (client: never) => void;
}

/** Refuses to send anywhere but to `endpoint`'s own host. */
class OnlyTo extends NodeHttpHandler {
  constructor(
    private readonly host: string | null,
    private readonly extra: ClientSettings['headers'],
    patienceMs: number,
  ) {
    super({ connectionTimeout: 2_000, requestTimeout: patienceMs });
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    if (this.host !== null && request.hostname !== this.host)
      throw new RecoveryError(
        'rejected',
        'not-loopback',
        `refused to call ${request.hostname}: this world is ${this.host} and nothing else`,
      );
    Object.assign(request.headers, this.extra());
    return super.handle(request, options);
  }
}

type ClientConfig = ConstructorParameters<typeof RDSClient>[0];

type Make = <C extends { send: unknown }>(kind: new (config: never) => C, more?: object) => (region: string) => C;

/** Makes clients as the settings say, one a kind and region. @throws RecoveryError `invalid` for an endpoint that is not loopback. */
export const clientsOf = (settings: ClientSettings): Make => {
  const url = settings.endpoint === null ? null : new URL(settings.endpoint);
  if (url && !isLoopback(url.hostname))
    throw new RecoveryError('invalid', 'not-loopback', `${settings.endpoint} is not a loopback address; a rehearsal reaches nothing else`);
  const { credentials: given } = settings;
  // The SDK would keep them by this machine's clock, which is not the world's.
  const credentials = typeof given === 'function' ? Object.assign(() => given(), { memoized: true }) : given;
  const handler = new OnlyTo(url?.hostname ?? null, settings.headers, settings.patienceMs ?? 15_000);
  const made = new Map<string, unknown>();
  return <C extends { send: unknown }>(kind: new (config: never) => C, more: object = {}) =>
    (region: string): C => {
      const key = `${kind.name}/${region}/${JSON.stringify(more)}`;
      const found = made.get(key) as C | undefined;
      if (found) return found;
      const config: ClientConfig = {
        region,
        maxAttempts: 2,
        requestHandler: handler,
        ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
        ...(credentials ? { credentials } : {}),
        ...more,
      };
      const fresh = named(new kind(config as never), kind.name.replace(/Client$/, ''), region);
      settings.attach?.(fresh as never);
      made.set(key, fresh);
      return fresh;
    };
};

/** AWS as a recovery uses it. @throws RecoveryError `invalid` for an endpoint that is not loopback. */
export const awsClients = (settings: ClientSettings): Aws => {
  const client = clientsOf(settings);
  // Each endpoint once and not for long: the next one is what a second attempt would be for.
  const endpoint = clientsOf({ ...settings, patienceMs: 5_000 });
  return {
    backup: client(BackupClient),
    cloudformation: client(CloudFormationClient),
    cloudwatch: client(CloudWatchClient),
    logs: client(CloudWatchLogsClient),
    ecs: client(ECSClient),
    elb: client(ElasticLoadBalancingV2Client),
    kms: client(KMSClient),
    rds: client(RDSClient),
    routingControls: (region, url) =>
      endpoint(Route53RecoveryClusterClient, { maxAttempts: 1, ...(settings.endpoint === null ? { endpoint: url } : {}) })(region),
    s3: client(S3Client, { forcePathStyle: settings.endpoint !== null }),
    secrets: client(SecretsManagerClient),
    sns: client(SNSClient),
    sqs: client(SQSClient, { useQueueUrlAsEndpoint: false }),
    ssm: client(SSMClient),
    sts: client(STSClient),
  };
};

/** Makes every error of `send` a RecoveryError that names service, operation and region. */
const named = <C extends { send: unknown }>(client: C, service: string, region: string): C => {
  const send = (client.send as (command: object) => Promise<unknown>).bind(client);
  client.send = async (command: object) => {
    try {
      return await send(command);
    } catch (error) {
      throw fromAws(error, `${service}.${command.constructor.name.replace(/Command$/, '')} in ${region}`);
    }
  };
  return client;
};
