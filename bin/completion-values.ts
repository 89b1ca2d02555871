import { homeOf } from '../recovery/cli/home-of.js';
import * as known from '../recovery/cli/known-values.js';
import { faults } from '../twin/faults/index.js';
import { shells } from './complete-command.js';
import type { Surroundings } from './completion.js';

/** What can stand for an option's or an argument's value in the line as far as it is typed; undefined: nobody knows. */
export interface LineValues {
  readonly option: (name: string) => known.Values | undefined;
  readonly argument: (command: string, name: string) => known.Values | undefined;
}

export const valuesFor = (words: readonly string[], surroundings: Surroundings): LineValues => {
  const home = homeOf(surroundings);
  const [command = ''] = words;
  // Of these commands the run is the first word after them; options may stand in front of it.
  const ofRun = ['ack', 'pause', 'decide', 'resume', 'status', 'report'].includes(command);
  const runs = known.knownRuns(home);
  const run = ofRun ? words.slice(1, -1).find((word) => runs.some(([known]) => known === word)) : undefined;
  const options: Readonly<Record<string, () => known.Values>> = {
    world: known.knownWorlds,
    scenario: known.knownScenarios,
    mode: () => [['failover', '']],
    plan: () => known.knownPlans(home),
    by: () => known.knownRoles(home, run, { authority: false }),
    authority: () => known.knownRoles(home, run, { authority: true }),
    region: known.knownRegions,
  };
  const values: Readonly<Record<string, () => known.Values>> = {
    run: () => runs,
    task: () => (run === undefined ? [] : known.knownTasks(home, run, { people: command === 'ack' })),
    decision: known.knownDecisions,
    shell: () => shells.map((shell) => [shell, '']),
  };
  return {
    option: (name) => options[name]?.(),
    argument: (path, name) => (path === 'twin fault' ? faults.map((one) => [one.name, one.description]) : values[name]?.()),
  };
};
