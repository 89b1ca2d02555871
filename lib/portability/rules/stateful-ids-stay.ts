import type { Rule } from '../judged.js';
import { resourcesOf } from '../walk.js';
import { isStateful } from '../../contract/stateful-types.js';

/** Types of the stateful resources that are deployed, by stack name and logical id. */
export type StatefulResources = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Judges by what is deployed, or was last reviewed; a stack that is not in it has nothing to lose yet. */
export const statefulIdsStay = (known: StatefulResources): Rule => ({
  id: 'stateful-ids-stay',
  summary: 'a resource that holds data keeps its logical id',
  why: 'under another logical id CloudFormation makes a new one, empty, and deletes or abandons the old one',
  find: (stack) => {
    const before = known[stack.name];
    if (!before) return [];
    const now = new Map(resourcesOf(stack).map(({ id, resource }) => [id, resource.Type]));
    const gone = Object.entries(before).filter(([id, type]) => now.get(id) !== type);
    const fresh = resourcesOf(stack).filter(({ id, resource }) => isStateful(resource.Type) && before[id] !== resource.Type);
    return [
      ...gone.map(([id, type]) => ({ path: stack.path, reason: `${id} (${type}) is gone, or of another type` })),
      ...fresh.map(({ id, path, resource }) => ({
        path,
        reason: `${id} (${resource.Type}) is not among what is known; if it is new, npm run schema`,
      })),
    ];
  },
});
