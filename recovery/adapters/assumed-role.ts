import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { RecoveryError } from '../model/recovery-error.js';
import { milliseconds } from '../model/time.js';
import type { Sends } from '../ports/aws.js';
import type { Clock } from '../ports/clock.js';

export interface RoleToAssume {
  readonly arn: string;
  /** What calls are told apart by within the role: a run's id, or the command. */
  readonly session: string;
  /** Of the region recovered to, with the caller's own credentials: STS answers there whatever else is lost. */
  readonly sts: Sends<STSClient>;
  readonly region: string;
  readonly clock: Pick<Clock, 'now'>;
}
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** As long as AWS lets somebody have a role who has another one already: an hour (IAM user guide, "role chaining"). */
const sessionSeconds = 3600;
/** How long before their end credentials are replaced: longer than a call may take. */
const renewedBeforeSeconds = 300;

/** Credentials of a role, assumed when they are first needed and anew before they end; whoever asks meanwhile waits for the same answer. */
export const assumedRole = (role: RoleToAssume): (() => Promise<Credentials>) => {
  let held: { readonly credentials: Promise<Credentials>; readonly until: number } | undefined;
  return () => {
    const now = milliseconds(role.clock.now());
    if (held && now < held.until) return held.credentials;
    const asked = assume(role);
    // Counted from the asking, by one clock: that of whoever recovers may not be AWS's.
    held = { credentials: asked, until: now + (sessionSeconds - renewedBeforeSeconds) * 1000 };
    // What failed is asked for anew, by whoever needs it next.
    asked.catch(() => {
      if (held?.credentials === asked) held = undefined;
    });
    return asked;
  };
};

/** @throws RecoveryError `role-not-assumed`, of the kind that STS's refusal is. */
const assume = async ({ arn, session, sts, region }: RoleToAssume): Promise<Credentials> => {
  const input = { RoleArn: arn, RoleSessionName: sessionName(session), DurationSeconds: sessionSeconds };
  const { Credentials: given } = await sts.send(new AssumeRoleCommand(input)).catch((error: unknown) => {
    if (!(error instanceof RecoveryError)) throw error;
    throw notAssumed(error.kind, arn, region, error);
  });
  if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined || given.SessionToken === undefined)
    throw notAssumed('rejected', arn, region, new RecoveryError('rejected', 'no-credentials', 'STS answered without credentials'));
  return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken };
};

const notAssumed = (kind: RecoveryError['kind'], arn: string, region: string, cause: RecoveryError): RecoveryError =>
  new RecoveryError(
    kind,
    'role-not-assumed',
    `cannot act as ${arn} in ${region}: ${cause.message}. Nothing is done with other credentials instead. ` +
      "The role is one of Global/Traffic, made for each team of lib/contract/recovery-actions.json (npm run schema, then cdk deploy 'Global/*' " +
      'while us-east-1 stands), and whoever recovers needs sts:AssumeRole on it',
    { cause, retryAfterSeconds: cause.retryAfterSeconds },
  );

/** In the characters that STS takes, 2 to 64 of them (API reference, AssumeRole). */
const sessionName = (session: string): string => session.replace(/[^\w+=,.@-]+/g, '-').slice(0, 64);
