import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { encryptionKey } from './encryption-key.js';
import { checkOptionGroup } from './option-groups.js';
import { mustAllowCopy, mustAllowSnapshot } from './quotas.js';
import { invalidValue, mustReach, rdsArn, snapshotKey, snapshotNamed, snapshotsOf, tagsOf, type SnapshotRecord } from './records.js';
import { describeSnapshot, mustBeFree, ofCaller } from './snapshots.js';

export const copySnapshot = {
  CopyDBSnapshot: async (input, ctx) => {
    // The client signs PreSignedUrl for the source region by itself; nothing of it is used here.
    accept('rds.CopyDBSnapshot', input, [
      'SourceDBSnapshotIdentifier',
      'TargetDBSnapshotIdentifier',
      'KmsKeyId',
      'Tags',
      'CopyTags',
      'PreSignedUrl',
      'OptionGroupName',
    ]);
    checkOptionGroup(input.OptionGroupName);
    const source = await sourceOf(ctx, input.SourceDBSnapshotIdentifier ?? '');
    const { id, type } = ofCaller(ctx, input.TargetDBSnapshotIdentifier);
    mustBeFree(ctx, id);
    mustAllowSnapshot(ctx, type);
    const { record: from, region } = source;
    const crossRegion = region !== ctx.region;
    if (crossRegion) mustAllowCopy(ctx);
    // What cannot be decrypted there cannot be encrypted here.
    if (from.view.Encrypted) await encryptionKey(ctx.at({ region }), from.view.KmsKeyId);
    if (crossRegion && from.view.Encrypted && input.KmsKeyId === undefined) {
      throw invalidValue(
        'The parameter KmsKeyId must be given to copy an encrypted snapshot from another region: KMS keys belong to one region.',
      );
    }
    const encrypted = from.view.Encrypted === true || input.KmsKeyId !== undefined;
    const seconds = ctx.takes('rds.copy-snapshot');
    const { SourceRegion: _none, ...inherited } = from.view;
    const record: SnapshotRecord = {
      ...from,
      began: ctx.now(),
      seconds,
      view: {
        ...inherited,
        DBSnapshotIdentifier: id,
        DBSnapshotArn: rdsArn(ctx, 'snapshot', id),
        SnapshotCreateTime: ctx.date(),
        SnapshotType: type,
        Status: 'creating',
        SourceDBSnapshotIdentifier: from.view.DBSnapshotArn,
        ...(crossRegion ? { SourceRegion: region } : {}),
        Encrypted: encrypted,
        ...(encrypted ? { KmsKeyId: await encryptionKey(ctx, input.KmsKeyId ?? from.view.KmsKeyId) } : {}),
      },
    };
    snapshotsOf(ctx).set(id, record);
    const tags = input.CopyTags || type === 'awsbackup' ? source.tags : [];
    tagsOf(ctx).set(record.view.DBSnapshotArn, input.Tags && input.Tags.length > 0 ? input.Tags : tags);
    ctx.after(seconds, `rds: copy ${id} is there`, (then) => arrive(then, record, region));
    return { DBSnapshot: describeSnapshot(ctx, record) };
  },
} satisfies Operations<typeof RDS>;

/** The bytes cross when the copy completes: a source region lost until then leaves the copy `creating`, and it fails when that is back. */
const arrive = async (ctx: Context, { view }: SnapshotRecord, region: string): Promise<void> => {
  if (ctx.regionIsLost(region)) {
    ctx.at({ region }).after(0, `rds: copy ${view.DBSnapshotIdentifier} fails`, () => void (view.Status = 'failed'));
    return;
  }
  const source = snapshotsOf(ctx.at({ region })).get(view.SourceDBSnapshotIdentifier!.split(':').slice(6).join(':'));
  if (!source) {
    // "If you delete a source snapshot before the target snapshot becomes available, the snapshot copy might fail."
    view.Status = 'failed';
    return;
  }
  const from = snapshotKey(ctx.at({ region }), source.view.DBSnapshotIdentifier);
  await ctx.dataplane.databases.copySnapshot(from, snapshotKey(ctx, view.DBSnapshotIdentifier));
  view.Status = 'available';
};

const sourceOf = async (ctx: Context, id: string): Promise<{ record: SnapshotRecord; region: string; tags: RDS.Tag[] }> => {
  const region = id.startsWith('arn:') ? id.split(':')[3]! : ctx.region;
  const there = mustReach(ctx, region);
  if (region !== ctx.region) {
    // What RDS here does with RDS there is a call to that region, and is counted as one.
    await there.onBehalf('rds').call('rds', 'DescribeDBSnapshots', { DBSnapshotIdentifier: id });
  }
  const record = snapshotNamed(there, id);
  if (record.view.Status !== 'available') {
    throw new AwsError(
      'InvalidDBSnapshotStateFault',
      `Cannot copy the snapshot ${id} because it is not in available state: it is ${record.view.Status}.`,
    );
  }
  return { record, region, tags: tagsOf(there).get(record.view.DBSnapshotArn) ?? [] };
};
