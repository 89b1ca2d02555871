import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/aws-error.js';

/** Carries out one entry of a batch after another: an entry that fails is reported and stops no other. */
export const eachOf = <Entry extends { Id?: string | undefined }, Result>(
  entries: readonly Entry[] | undefined,
  carryOut: (entry: Entry) => Result,
): { Successful: (Result & { Id: string })[]; Failed: BatchResultErrorEntry[] } => {
  const batch = checked(entries ?? []);
  const Successful: (Result & { Id: string })[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of batch) {
    try {
      Successful.push({ ...carryOut(entry), Id: entry.Id! });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === 'NotModelled') throw error;
      Failed.push({ Id: entry.Id!, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};

const checked = <Entry extends { Id?: string | undefined }>(entries: readonly Entry[]): readonly Entry[] => {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  const ids = entries.map(({ Id = '' }) => Id);
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  return entries;
};
