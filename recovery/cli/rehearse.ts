import { join } from 'node:path';
import { appendAfterRun } from './append-after-run.js';
import { homeAt } from '../adapters/home.js';
import { runProgram } from '../adapters/run-program.js';
import { startTwin, stopTwin } from '../adapters/start-twin.js';
import { seededDraws } from '../adapters/seeded-draws.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later, type Instant } from '../model/time.js';
import type { RunReport } from '../report/run-report.js';
import type { CliCommand, Console } from './command.js';
import { endedWith } from './carry-out.js';
import { compose, documentsOf, homeOf, type Composed } from './compose.js';
import { packageRoot } from './package-root.js';
import { protectAndWrite, readBack, type Ledger } from './rehearsal-data.js';
import { planFor, startRun, type RunOptions } from './run.js';
import { scenarioNamed, type Scenario } from './scenarios/index.js';

interface RehearseOptions {
  readonly scenario: string;
  readonly seed: string;
  readonly plans?: string;
  readonly keep?: boolean;
}

/**
 * A whole recovery against a twin of its own: public commands in sequence, and nothing that a person could not repeat by hand
 * (altsite twin, cdk bootstrap, cdk deploy, POST, StartBackupJob, StartCopyJob, altsite twin fault, altsite run, GET).
 */
export const rehearseCommand: CliCommand = {
  name: 'rehearse',
  describe: (command, act) =>
    command
      .description('deploy production into a local AWS, lose its region, recover it, prove it')
      .option('--scenario <name>', 'what goes wrong', 'primary-region-lost')
      .option('--seed <number>', 'decides backup time, disaster time, write rate and durations', '1')
      .option('--plans <directory>', 'contingency plan, runbooks and settings; default: plans/ambassify')
      .option('--keep', 'leave the twin running afterwards, and say where it is')
      .addHelpText('after', '\nExamples:\n  altsite rehearse\n  altsite rehearse --seed 7 --keep --json\n')
      .action((options: RehearseOptions) => act((console) => rehearse(console, options))),
};

const rehearse = async (console: Console, options: RehearseOptions) => {
  const scenario = scenarioNamed(options.scenario);
  if (!/^\d+$/.test(options.seed))
    throw new RecoveryError('invalid', 'invalid-seed', `--seed is ${options.seed}; it must be a whole number`);
  const { settings } = documentsOf(console, options, packageRoot);
  const say = (text: string): void => console.err(`${text}\n`);
  say(`rehearsal of ${scenario.name}, seed ${options.seed}: ${scenario.summary}`);
  const twin = await startTwin(homeOf(console), packageRoot, options.seed);
  say(`twin   ${twin.url} (DNS ${twin.dns}), its own process ${twin.pid}`);
  let kept = false;
  try {
    await deploy(console, twin.environment, twin.directory, settings);
    const world = await compose(console, { twin: twin.url }, settings, 'altsite rehearse');
    let report: RunReport;
    try {
      report = await disaster(console, world, scenario, options);
    } finally {
      await world.leave();
    }
    const ended = endedWith(report);
    if (!options.keep) return ended;
    kept = true;
    const { url, dns, resolver, webName, environment } = twin;
    return {
      ...ended,
      text: `${ended.text}\ntwin still at ${url}; stop it with: altsite twin stop --twin ${url}\n`,
      json: { ...report, twin: { url, dns, resolver, webName: webName(settings.webName, settings.web.listenerPort), environment } },
    };
  } finally {
    if (!kept) await stopTwin(twin);
  }
};

/** The real `cdk`, unmodified, with the environment the twin prints. */
const deploy = async (
  console: Console,
  environment: Readonly<Record<string, string>>,
  directory: string,
  settings: ReturnType<typeof documentsOf>['settings'],
): Promise<void> => {
  const cdk = join(packageRoot, 'node_modules', '.bin', 'cdk');
  const regions = [settings.sites.primary.region, settings.sites.alternate.region, settings.witnessRegion];
  const run = (args: readonly string[], cwd: string): Promise<void> =>
    runProgram(cdk, args, { cwd, environment: { ...console.environment, ...environment }, log: join(directory, 'cdk.log') });
  console.err(`cdk    bootstrap ${regions.join(' ')}\n`);
  await run(['bootstrap', ...regions.map((region) => `aws://${settings.account}/${region}`)], directory);
  const assembly = join(directory, 'cdk.out');
  await run(['synth', '--quiet', '--output', assembly], packageRoot);
  // In this order: the failover pair aliases both sites' names, and Route 53 refuses an alias to a name that is not there.
  for (const stage of ['Primary/*', 'Alternate/*', 'Global/*']) {
    console.err(`cdk    deploy '${stage}'\n`);
    await run(['deploy', stage, '--app', assembly, '--require-approval', 'never', '--concurrency', '3'], packageRoot);
  }
};

/** Life before the disaster, the disaster, the run, and the comparison of what was acknowledged with what is there. */
const disaster = async (console: Console, world: Composed, scenario: Scenario, options: RehearseOptions): Promise<RunReport> => {
  const draws = seededDraws(Number(options.seed));
  const say = (text: string): void => console.err(`${text}\n`);
  const { settings } = documentsOf(console, options, packageRoot);
  const runOptions: RunOptions = { ...options, plans: options.plans, scenario: scenario.name };
  const ledger = await protectAndWrite(world, settings, scenario, draws, say);
  await injectFault(world, scenario.fault, settings.sites.primary.region);
  const disruptedAt = world.clock.now();
  say(`fault  ${scenario.fault} in ${settings.sites.primary.region} at ${disruptedAt}`);
  const detectedAt = await wait(world, draws.whole(...scenario.detectedAfterSeconds));
  await wait(world, draws.whole(...scenario.activatedAfterSeconds));
  const report = await startRun(console, world, await planFor(console, world, runOptions), { ...runOptions, disruptedAt }, detectedAt);
  if (report.outcome !== 'recovered') return report;
  return compareRows(world, settings, ledger, report);
};

const wait = async (world: Composed, seconds: number): Promise<Instant> => {
  await world.clock.sleepUntil(later(world.clock.now(), seconds));
  return world.clock.now();
};

const injectFault = async (world: Composed, name: string, region: string): Promise<void> => {
  const response = await fetch(`${world.twin?.url ?? ''}/_twin/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, region }),
  });
  if (!response.ok) throw new RecoveryError('rejected', 'no-fault', `the twin refused the fault ${name}: ${await response.text()}`);
};

const compareRows = async (
  world: Composed,
  settings: ReturnType<typeof documentsOf>['settings'],
  ledger: Ledger,
  report: RunReport,
): Promise<RunReport> => {
  const present = await readBack(world.network, settings);
  const lost = ledger.acknowledged.filter(({ id }) => !present.has(id));
  const entry = {
    kind: 'rows-compared',
    before: ledger.acknowledged.length,
    recovered: ledger.acknowledged.length - lost.length,
    lost: lost.length,
    source: `client ledger against GET /orders at ${settings.webName}`,
  } as const;
  return appendAfterRun(homeAt(world.home.directory), report.run, entry, world.clock.now());
};
