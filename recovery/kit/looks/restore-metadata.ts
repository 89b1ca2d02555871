import { GetRestoreJobMetadataCommand } from '@aws-sdk/client-backup';
import type { Look } from '../look.js';

/** What a restore job was asked to make, by its id: said once, it stays. */
export const restoreMetadata: Look<Readonly<Record<string, string>>> = {
  of: 'backup:restore-metadata',
  most: 1,
  stays: true,
  ask: async ([RestoreJobId = ''], region, aws) => {
    const { Metadata } = await aws.backup(region).send(new GetRestoreJobMetadataCommand({ RestoreJobId }));
    return new Map(Metadata ? [[RestoreJobId, Metadata]] : []);
  },
};
