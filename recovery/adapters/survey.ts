import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { z } from 'zod';
import { factsParameter, globalOutputsParameter, siteNames } from '../../lib/contract/names.js';
import { globalOutputsSchema, siteFactsSchema, siteOutputsSchema } from '../../lib/contract/outputs.js';
import type { Settings } from '../../lib/contract/settings.js';
import type { Quota, Surveyed, SurveyFact } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import { readQuotas } from './read-quotas.js';
import { standingAssembly, standingAssemblyIam } from './standing-assembly.js';

/** IAM actions that a survey needs. */
export const surveyIam = ['ssm:GetParameter', 'rds:DescribeAccountAttributes', ...standingAssemblyIam];

/**
 * Reads what the standing stacks left in the alternate's region, which published assembly they stand by, and how much AWS lets us have there: nothing is asked of the primary's.
 * @throws RecoveryError `rejected` naming every parameter that is missing or does not fit the contract, or quotas that cannot be read.
 */
export const survey = async (settings: Settings, aws: Aws, at: Instant): Promise<Surveyed> => {
  const { primary, alternate } = settings.sites;
  const facts: SurveyFact[] = [];
  const wrong: string[] = [];
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const source = `ssm:GetParameter ${name} in ${alternate.region}`;
    try {
      const { Parameter } = await aws.ssm(alternate.region).send(new GetParameterCommand({ Name: name }));
      const parsed = schema.safeParse(JSON.parse(Parameter?.Value ?? 'null'));
      if (!parsed.success)
        wrong.push(
          `${source} does not fit the contract: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
        );
      facts.push({ name, source, at });
      return parsed.data;
    } catch (error) {
      wrong.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const lost = await read(factsParameter(settings, primary), siteFactsSchema);
  const site = await read(siteNames(settings, alternate).outputsParameter, siteOutputsSchema);
  const global = await read(globalOutputsParameter(settings), globalOutputsSchema);
  const quotas = await readQuotas(aws, alternate.region).catch((error: unknown): readonly Quota[] => {
    wrong.push(`rds:DescribeAccountAttributes in ${alternate.region}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  });
  const assembly = await standingAssembly(settings, aws).catch((error: unknown) => {
    wrong.push(`published assemblies in ${alternate.region}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (!lost || !site || !global || wrong.length > 0)
    throw new RecoveryError(
      'rejected',
      'survey-failed',
      `the alternate site is not ready to recover to; deploy its standing stacks first: ${wrong.join(' · ')}`,
    );
  return { targets: { facts: lost, site, global }, facts, quotas, ...(assembly ? { assembly } : {}) };
};
