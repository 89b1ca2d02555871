import { keepLedger } from '../adapters/kept-ledger.js';
import { startTwin, stopTwin, type StartedTwin } from '../adapters/start-twin.js';
import { seededDraws } from '../adapters/seeded-draws.js';
import { thisProcess } from '../adapters/this-process.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later, type Instant } from '../model/time.js';
import type { PlanDocuments } from '../planning/load-plan.js';
import type { RunReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import { roleAuditInWords, type RoleAudit } from '../report/role-audit.js';
import { asDocumented, documentedInWords } from './as-documented.js';
import { auditRoles } from './audit-roles.js';
import { endedWith } from './carry-out.js';
import type { Console, Ended } from './command.js';
import { cdkOf } from './cdk.js';
import { compareRows } from './compare-rows.js';
import { claimRecovery } from './claim.js';
import { documentsOf, enter, type Composed } from './compose.js';
import { deployProduction } from './deploy-production.js';
import { homeOf } from './home-of.js';
import { injectFault } from './inject-fault.js';
import { interruptible, Interrupted } from './interruption.js';
import { noteRecovery } from './note-recovery.js';
import { packageRoot } from './package-root.js';
import { pushImage } from './push-image.js';
import { regionHasImage } from '../portability/region-has-image.js';
import { regionClients } from '../adapters/region-clients.js';
import { protectAndWrite } from './rehearsal-data.js';
import { planFor } from './plan-for.js';
import { startRun, type RunOptions } from './run.js';
import { scenarioNamed, type Scenario } from './scenarios/index.js';
import { storeOf } from './store-of.js';
import { withPage } from './with-page.js';
import { recoveryOf, worldPlace, type WorldPlace } from './world-place.js';

export interface RehearseOptions {
  readonly scenario: string;
  readonly seed: string;
  readonly plans?: string;
  readonly keep?: boolean;
  /** Planned with what earlier runs took; otherwise with what the steps assume, so that one seed is one rehearsal on every machine. */
  readonly measured?: boolean;
}

/**
 * A whole recovery against a twin of its own: public commands in sequence, and nothing that a person could not repeat by hand
 * (altsite twin, cdk bootstrap, cdk deploy, altsite twin push, POST, StartBackupJob, StartCopyJob, altsite twin fault, altsite run, GET).
 */
export const rehearse = async (console: Console, options: RehearseOptions): Promise<Ended> => {
  const scenario = scenarioNamed(options.scenario);
  if (!/^\d+$/.test(options.seed))
    throw new RecoveryError('invalid', 'invalid-seed', `--seed ${options.seed} is not a whole number; give one such as 7`);
  const documents = documentsOf(console, options);
  const { settings } = documents;
  const say = (text: string): void => console.err(`${text}\n`);
  say(`rehearsal of ${scenario.name}, seed ${options.seed}: ${scenario.summary}`);
  const twin = await startTwin(homeOf(console), packageRoot, options.seed);
  say(`twin   ${twin.url} (DNS ${twin.dns}), its own process ${twin.pid}`);
  let kept = false;
  try {
    const cdk = cdkOf(console, twin.environment, twin.directory);
    await deployProduction(console, cdk, settings, () => pushImage(twin.url, settings));
    const place = await worldPlace(console, { twin: twin.url }, settings);
    const world = await enter(console, place, await storeOf(console, {}), settings, 'altsite rehearse');
    let lived: Lived;
    try {
      lived = await disaster(console, world, place, scenario, documents, options);
    } finally {
      await world.leave();
    }
    const { roles } = lived;
    const report = await withPage(console, world, lived.report);
    // What a role could not have done in AWS was not tested.
    if (roles.undeclared.length === 0) await noteRecovery(homeOf(console), twin, options, report);
    kept = options.keep ?? false;
    if (!kept) return endedRehearsal(report, roles, scenario, options, null);
    twin.outliveUs();
    const { url, dns, resolver, overHoldingResolver, certificateAuthority, environment } = twin;
    const webName = twin.webName(settings.webName, settings.web.listenerPort);
    return endedRehearsal(report, roles, scenario, options, {
      ...{ url, dns, resolver, overHoldingResolver, certificateAuthority, webName, environment },
    });
  } catch (error) {
    if (error instanceof Interrupted) return interruptedEarly(options);
    throw error;
  } finally {
    if (!kept) await stopTwin(twin);
  }
};

type KeptTwin = Pick<StartedTwin, 'url' | 'dns' | 'resolver' | 'overHoldingResolver' | 'certificateAuthority' | 'environment'> & {
  readonly webName: string;
};

const again = ({ seed }: RehearseOptions): string =>
  `its twin ended with it. Again: altsite rehearse --seed ${seed} (with --keep the twin stays, and altsite resume goes on)`;

const interruptedEarly = (options: RehearseOptions): Ended => {
  const message = `interrupted, and ${again(options)}`;
  const error = { kind: 'declined', code: 'interrupted', message, problems: [] };
  return {
    exitCode: 130,
    text: `${message}\n`,
    json: { outcome: 'interrupted', scenario: options.scenario, seed: Number(options.seed), error },
  };
};

/** What a run's end is for a rehearsal: its twin is there still, or nothing can be resumed; the rows are those of the recovery point, and no role called what it did not declare. */
const endedRehearsal = (
  report: RunReport,
  roles: RoleAudit,
  scenario: Scenario,
  options: RehearseOptions,
  twin: KeptTwin | null,
): Ended => {
  const documented = asDocumented(scenario, report);
  const { exitCode, text } = endedWith(report);
  // Without its twin nothing can be looked at or run again, and what the end says of that would mislead.
  const ended = twin ? text : textReport(report);
  const error = failureOf(report, roles);
  const lines = [
    ...(twin || report.outcome !== 'interrupted' ? [ended.trimEnd()] : []),
    ...(twin ? [`twin still at ${twin.url}; stop it with: altsite twin stop --twin ${twin.url}`] : []),
    ...(twin || report.outcome === 'recovered' ? [] : [`${report.outcome}, and ${again(options)}`]),
    ...(report.outcome === 'interrupted' ? [] : [documentedInWords(scenario, documented)]),
    ...(report.outcome === 'interrupted' ? [] : [roleAuditInWords(roles).join('\n')].filter(Boolean)),
    ...(error ? [`altsite: ${error.message}`] : []),
  ];
  return {
    exitCode: error ? 6 : exitCode,
    text: `${lines.join('\n\n')}\n`,
    json: { ...report, documented, roles, ...(twin ? { twin } : {}), ...(error ? { error } : {}) },
  };
};

/** Why a rehearsal has failed, though its run may have recovered. */
const failureOf = ({ rows }: RunReport, { undeclared }: RoleAudit) => {
  const unverified = (code: string, message: string) => ({ kind: 'unverified', code, message, problems: [] });
  const unexplained = rows?.unexplained ?? [];
  if (unexplained.length)
    return unverified(
      'rows-unexplained',
      `the recovery point does not account for ${unexplained.length} rows: ${unexplained.slice(0, 10).join(', ')}`,
    );
  const calls = undeclared.map(({ role, action, region, count }) => `${role} ${action} in ${region} (${count})`);
  return calls.length ? unverified('undeclared-calls', `called, and declared by no step or check of that role: ${calls.join(', ')}`) : null;
};

interface Lived {
  readonly report: RunReport;
  readonly roles: RoleAudit;
}

/** Life before the disaster, the disaster, the run, and the comparison of what was acknowledged with what is there. */
const disaster = async (
  console: Console,
  world: Composed,
  place: WorldPlace,
  scenario: Scenario,
  documents: PlanDocuments,
  options: RehearseOptions,
): Promise<Lived> => {
  const { settings } = documents;
  const draws = seededDraws(Number(options.seed));
  const say = (text: string): void => console.err(`${text}\n`);
  const runOptions: RunOptions = { ...options, plans: options.plans, scenario: scenario.name, assumed: !options.measured };
  const before = interruptible(world, console);
  const { region } = settings.sites.alternate;
  const imageIsCopied = async (): Promise<boolean> =>
    (await regionHasImage.lacks({ path: '', name: settings.web.image }, region, regionClients(place.clients))) === undefined;
  await keepLedger(world.home, world.twin?.url ?? '', await protectAndWrite(before, settings, scenario, draws, say, imageIsCopied));
  const disruptedAt = world.clock.now();
  const inject = async (since: 'planned' | undefined): Promise<void> => {
    for (const fault of scenario.faults.filter((one) => one.since === since)) say(await injectFault(world, fault, settings));
  };
  await inject(undefined);
  const detectedAt = await wait(before, draws.whole(...scenario.detectedAfterSeconds));
  await wait(before, draws.whole(...scenario.activatedAfterSeconds));
  const writer = thisProcess('altsite rehearse');
  const claim = await claimRecovery(world.store, recoveryOf(place, settings), writer);
  const callsBefore = (await world.audit.position()) ?? 0;
  const planned = await planFor(console, world, runOptions);
  await inject('planned');
  const starting = { writer, claim, detectedAt };
  let report: RunReport;
  try {
    report = await startRun(console, world, planned, { ...runOptions, disruptedAt }, starting);
  } finally {
    await claim.release();
  }
  const roles = await auditRoles(world.audit, callsBefore, documents);
  return { report: await compareRows(world, writer, settings, report), roles };
};

const wait = async (world: Composed, seconds: number): Promise<Instant> => {
  await world.clock.sleepUntil(later(world.clock.now(), seconds));
  return world.clock.now();
};
