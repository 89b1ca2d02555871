import { storeIam } from '../adapters/s3-objects.js';
import { surveyIam } from '../adapters/survey.js';
import { lookAtSwitchIam } from '../kit/followed-switch.js';
import { checks } from '../checks/index.js';
import { readinessChecks } from './readiness.js';

/** IAM actions of the recovery around its tasks: survey, plan, the store of runs, and what `altsite check` asks. */
export const orchestratorActions: readonly string[] = [
  ...surveyIam,
  ...lookAtSwitchIam,
  ...storeIam,
  ...checks.flatMap(({ uses, iam }) => (readinessChecks.includes(uses) ? iam : [])),
];
