import { ListRestoreJobsCommand, type RestoreJobsListMember } from '@aws-sdk/client-backup';
import { everyPage } from '../every-page.js';
import type { Look } from '../look.js';

/** Restore jobs of one type of resource, by their ids. AWS Backup's list cannot be asked for single ones: who waits for one looks at all of its type. */
export const restoreJobs: Look<ReadonlyMap<string, RestoreJobsListMember>> = {
  of: 'backup:restore-jobs',
  most: 1,
  ask: async ([ByResourceType = ''], region, aws) => {
    const jobs = await everyPage(async (NextToken) => {
      const page = await aws.backup(region).send(new ListRestoreJobsCommand({ ByResourceType, MaxResults: 1000, NextToken }));
      return { items: page.RestoreJobs, next: page.NextToken };
    });
    return new Map([[ByResourceType, new Map(jobs.map((job) => [job.RestoreJobId ?? '', job]))]]);
  },
};
