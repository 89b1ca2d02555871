import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isStateful } from '../contract/stateful-types.js';
import type { JudgedStack } from './judged.js';
import type { StatefulResources } from './rules/stateful-ids-stay.js';
import { resourcesOf } from './walk.js';

/** Beside a settings file: the stateful resources of that organisation's production, as they were last reviewed. */
export const knownResourcesFile = (settingsFile: string): string => join(dirname(settingsFile), 'stateful-resources.json');

/** What is known of a production to hold data; nothing, where it was never written down. */
export const knownResources = (settingsFile: string): StatefulResources => {
  const file = knownResourcesFile(settingsFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StatefulResources) : {};
};

/** The stateful resources of these stacks, by stack name and logical id; in order, so that their file changes only with them. */
export const statefulResourcesOf = (stacks: readonly JudgedStack[]): StatefulResources =>
  Object.fromEntries(
    stacks
      .map((stack) => [stack.name, Object.fromEntries(statefulIn(stack))] as const)
      .filter(([, resources]) => Object.keys(resources).length > 0)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

const statefulIn = (stack: JudgedStack): [string, string][] =>
  resourcesOf(stack)
    .filter(({ resource }) => isStateful(resource.Type))
    .map(({ id, resource }): [string, string] => [id, resource.Type])
    .sort(([one], [other]) => (one < other ? -1 : 1));
