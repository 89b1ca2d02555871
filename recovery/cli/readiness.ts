import { survey } from '../adapters/survey.js';
import { checks } from '../checks/index.js';
import { sharedLooks } from '../engine/shared-looks.js';
import { evidence } from '../kit/define-check.js';
import type { StepContext } from '../kit/define-step.js';
import type { Evidence } from '../model/evidence.js';
import type { Plan, Surveyed } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import { durationSeconds } from '../planning/duration.js';
import { mustBeFeasible } from '../planning/feasibility.js';
import { lintPlan } from '../planning/lint-plan.js';
import type { PlanDocuments } from '../planning/load-plan.js';
import { plan as makePlan } from '../planning/plan.js';
import { steps } from '../steps/index.js';
import { actingTeams, cannotAct } from './acting-teams.js';
import type { Composed } from './compose.js';
import { mustStandAsTested } from './must-stand-as-tested.js';

type Asked = Pick<Composed, 'name' | 'aws' | 'awsOf' | 'network'>;

/** A check of the registry, and what it is asked with. */
interface Question {
  readonly uses: string;
  readonly with: (documents: PlanDocuments) => unknown;
}

/** What has to hold at a site that stands by, so that a recovery to it would begin well; nothing of it needs a recovery to be under way. */
const questions: readonly Question[] = [
  { uses: 'site.stands-ready', with: () => ({}) },
  {
    uses: 'backup.copy-is-fresh',
    with: ({ contingencyPlan }) => ({ withinSeconds: durationSeconds(contingencyPlan.objectives.rpo) }),
  },
  { uses: 'stacks.are-protected', with: () => ({}) },
];

/** Checks of the registry that readiness asks. */
export const readinessChecks: readonly string[] = questions.map(({ uses }) => uses);

/** Every claim of readiness, asked of the site at one moment. Where the site cannot even be surveyed, one answer says so, and it is no yes. */
export const readinessAt = async (at: Instant, documents: PlanDocuments, world: Asked): Promise<Evidence[]> => {
  const claim = 'what a recovery must know of both sites is published at this site, and fits the contract';
  const source = `ssm:GetParameter in ${documents.settings.sites.alternate.region}`;
  const about = { check: 'survey', claim, expected: 'every parameter there and readable', source, at };
  try {
    const surveyed = await survey(documents.settings, world.aws, at);
    const seen = { ...about, holds: true, observed: `${surveyed.facts.length} parameters read` };
    const ctx = contextAt(at, documents, world, surveyed);
    const asked = await Promise.all(questions.map((question) => answerTo(question, documents, ctx)));
    const { plan, hash } = makePlan(documents, surveyed, { steps, checks }, 'failover', world.name);
    return [seen, planned(plan, hash, at), await acted(plan, world, at), ...asked];
  } catch (error) {
    if (!(error instanceof RecoveryError) || error.kind !== 'rejected') throw error;
    return [{ ...about, holds: 'unknown', observed: error.message }];
  }
};

const answerTo = async ({ uses, with: given }: Question, documents: PlanDocuments, ctx: StepContext): Promise<Evidence> => {
  const found = checks.find((one) => one.uses === uses);
  if (!found) throw new RecoveryError('bug', 'unknown-check', `readiness asks ${uses}, which this version does not have`);
  return evidence(ctx, uses, found.claim, await found.ask(found.input.parse(given(documents)), ctx));
};

/** Whether the plan that a run would make now would be carried out: by its lints and by the account's quotas. */
const planned = (plan: Plan, hash: string, at: Instant): Evidence => {
  const objections = lintPlan(plan).flatMap(({ severity, lint, message }) => (severity === 'refuses' ? [`${lint}: ${message}`] : []));
  try {
    mustBeFeasible(plan);
    mustStandAsTested(plan);
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    objections.push(error.message);
  }
  return {
    check: 'plan',
    claim: 'the recovery plan as it would be made now can be carried out',
    holds: objections.length === 0,
    expected: 'no lint refuses it, the account has the quotas it takes, and the site stands by a tested assembly if any is published',
    observed: objections.length === 0 ? `plan ${hash}: ${plan.tasks.length} tasks` : objections.join(' · '),
    at,
    source: 'altsite plan',
  };
};

/** Whether the roles stand that a run would act as, and let whoever asks now have them. */
const acted = async (plan: Plan, world: Asked, at: Instant): Promise<Evidence> => {
  const refused = await cannotAct(plan, (team) => world.awsOf(team, 'check'));
  const teams = actingTeams(plan).join(', ');
  return {
    check: 'roles',
    claim: 'whoever asks can act as the role of every team whose tasks call AWS',
    holds: refused.length === 0,
    expected: `the roles of ${teams}, assumed in ${plan.to.region}`,
    observed: refused.length === 0 ? `assumed: ${teams}` : refused.join(' · '),
    at,
    source: `sts:AssumeRole in ${plan.to.region}`,
  };
};

/** As a gate's checks see the world, outside of any run. */
const contextAt = (at: Instant, { settings }: PlanDocuments, world: Asked, { targets }: Surveyed): StepContext => {
  const { account, sites } = settings;
  const nothing = (what: string) => (): never => {
    throw new RecoveryError('bug', 'no-run', `a check of readiness asked for ${what}, and there is no run`);
  };
  return {
    ...{ run: 'check', task: 'check', attempt: 1, token: 'check/check/1', at, startedAt: at, awaitedSince: at },
    from: { ...sites.primary, provider: 'aws', account },
    to: { ...sites.alternate, provider: 'aws', account },
    ...{ targets, aws: world.aws, network: world.network, look: sharedLooks(world.aws) },
    ...{ receipt: null, outputOf: nothing("a task's output"), gates: [], waivers: [] },
  };
};
