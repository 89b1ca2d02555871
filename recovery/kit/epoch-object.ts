/**
 * The fence as an object in the witness region.
 *
 * 1. Every write is conditional on what was read: of two writers one is refused and looks again.
 * 2. The epoch only grows. Nothing here speaks to the lost region.
 */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { epochSchema, type EpochRecord } from '../../lib/contract/outputs.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { StepContext } from './define-step.js';

export interface EpochObject {
  readonly record: EpochRecord;
  readonly etag: string;
}

export const epochObjectIam = ['s3:GetObject', 's3:ListBucket'];

export const epochSource = (ctx: StepContext): string => {
  const { witnessRegion, witnessBucket, epochKey } = ctx.targets.global;
  return `s3://${witnessBucket}/${epochKey} in ${witnessRegion}`;
};

/** The fence as it stands, or undefined when there is no such object. @throws RecoveryError `rejected` when it cannot be understood. */
export const readEpoch = async (ctx: StepContext): Promise<EpochObject | undefined> => {
  const { witnessRegion, witnessBucket, epochKey } = ctx.targets.global;
  try {
    const { Body, ETag } = await ctx.aws.s3(witnessRegion).send(new GetObjectCommand({ Bucket: witnessBucket, Key: epochKey }));
    return { record: parsed(ctx, (await Body?.transformToString()) ?? ''), etag: ETag ?? '' };
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
};

/** @throws RecoveryError `transient` when somebody wrote in between: look again. */
export const writeEpoch = async (ctx: StepContext, record: EpochRecord, over: EpochObject | undefined): Promise<void> => {
  const { witnessRegion, witnessBucket, epochKey } = ctx.targets.global;
  const condition = over ? { IfMatch: over.etag } : { IfNoneMatch: '*' };
  try {
    await ctx.aws.s3(witnessRegion).send(
      new PutObjectCommand({
        Bucket: witnessBucket,
        Key: epochKey,
        Body: JSON.stringify(record),
        ContentType: 'application/json',
        ...condition,
      }),
    );
  } catch (error) {
    if (error instanceof RecoveryError && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.code))
      throw new RecoveryError('transient', error.code, `${epochSource(ctx)} was written by somebody else meanwhile`, { cause: error });
    throw error;
  }
};

/** @throws RecoveryError `fenced` when the epoch is no longer this run's. */
export const ownEpoch = async (ctx: StepContext, epoch: number): Promise<EpochObject> => {
  const found = await readEpoch(ctx);
  if (found?.record.raisedBy === ctx.run && found.record.epoch === epoch) return found;
  const stands = found ? `stands at ${found.record.epoch}, raised by ${found.record.raisedBy}` : 'is gone';
  throw new RecoveryError('fenced', 'epoch-lost', `the fence ${stands}; this run (${ctx.run}) had raised it to ${epoch}`);
};

const parsed = (ctx: StepContext, text: string): EpochRecord => {
  try {
    return epochSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new RecoveryError('rejected', 'epoch-unreadable', `${epochSource(ctx)} is not an epoch record: ${text.slice(0, 200)}`, {
      cause: error,
    });
  }
};
