import { storeIam } from '../adapters/s3-objects.js';
import { surveyIam } from '../adapters/survey.js';
import { lookAtSwitchIam } from '../kit/followed-switch.js';
import { checks } from '../checks/index.js';
import { readinessChecks } from './readiness.js';

/** What every run asks around its tasks: the survey. */
export const aroundRun: readonly string[] = surveyIam;

/** IAM actions of the recovery around its tasks: a run's, those of `altsite plan`, of a store of runs in S3, and of `altsite check`. */
export const orchestratorActions: readonly string[] = [
  ...aroundRun,
  ...lookAtSwitchIam,
  ...storeIam,
  ...checks.flatMap(({ uses, iam }) => (readinessChecks.includes(uses) ? iam : [])),
];
