/** What is known on this machine and can be offered while a line is typed. Nothing here fails: what cannot be read is not offered. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Home } from '../adapters/home.js';
import { decisions } from '../model/decision.js';
import type { Plan } from '../model/plan.js';
import { packageRoot } from './package-root.js';
import { scenarios } from './scenarios/index.js';

/** Each with what is said beside it. */
export type Values = readonly (readonly [value: string, description: string])[];

export const knownScenarios = (): Values => scenarios.map(({ name, summary }) => [name, summary]);
export const knownDecisions = (): Values => decisions.map((one) => [one, '']);
export const knownWorlds = (): Values => [
  ['twin', 'a local AWS, loopback only'],
  ['aws', 'the real one'],
];

/** Newest first. */
export const knownRuns = (home: Home): Values =>
  attempt<Values>([], () =>
    readdirSync(join(home.directory, 'runs'))
      .filter((run) => existsSync(home.journal(run)))
      .map((run) => ({ run, at: statSync(home.journal(run)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
      .map(({ run }) => [run, '']),
  );

export const knownPlans = (home: Home): Values =>
  attempt<Values>([], () =>
    readdirSync(join(home.directory, 'plans'))
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.replace(/\.json$/, ''), '']),
  );

/** The tasks of a run: with `people`, those that only people can do. */
export const knownTasks = (home: Home, run: string, { people }: { readonly people: boolean }): Values =>
  (planOfRun(home, run)?.tasks ?? []).filter(({ does }) => !people || does === 'ask').map(({ id, title }) => [id, title]);

/** Who is named by the run's plan, or by the plan that would be made; with `authority`, those who may decide. */
export const knownRoles = (home: Home, run: string | undefined, { authority }: { readonly authority: boolean }): Values => {
  const plan = run === undefined ? undefined : planOfRun(home, run);
  const roles = plan ?? attempt({ roles: [], succession: [] }, documentedRoles);
  return (authority ? roles.succession : roles.roles).map((role) => [role, '']);
};

/** Where production stands, and where AWS keeps its global control planes. */
export const knownRegions = (): Values =>
  attempt<Values>([], () => {
    const { sites } = documented('settings.yaml') as { sites: Record<string, { name: string; region: string }> };
    return [
      ...Object.entries(sites).map(([role, { name, region }]): [string, string] => [region, `${role}, ${name}`]),
      ['us-east-1', 'global control planes'],
    ];
  });

const planOfRun = (home: Home, run: string): Plan | undefined =>
  attempt(undefined, () => {
    const [opened = ''] = readFileSync(home.journal(run), 'utf8').split('\n', 1);
    const { planHash } = JSON.parse(opened) as { planHash: string };
    return JSON.parse(readFileSync(home.plan(planHash), 'utf8')) as Plan;
  });

const documentedRoles = (): { roles: string[]; succession: string[] } => {
  const { roles, succession } = documented('contingency-plan.yaml') as { roles: object; succession: string[] };
  return { roles: Object.keys(roles), succession };
};

const documented = (file: string): unknown => parse(readFileSync(join(packageRoot, 'plans', 'ambassify', file), 'utf8'));

const attempt = <T>(otherwise: T, read: () => T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};
