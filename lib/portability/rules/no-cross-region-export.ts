import type { Rule } from '../judged.js';
import { resourcesOf } from '../walk.js';

/** What `crossRegionReferences: true` adds to either side. */
export const crossRegionTypes: readonly string[] = ['Custom::CrossRegionExportReader', 'Custom::CrossRegionExportWriter'];

export const noCrossRegionExport: Rule = {
  id: 'no-cross-region-export',
  summary: "no stack has CDK's readers or writers of exports between regions",
  why: 'they are functions that call the other region during every deployment, and neither stack can be changed without the other',
  find: (stack) =>
    resourcesOf(stack)
      .filter(({ resource }) => crossRegionTypes.includes(resource.Type))
      .map(({ path, resource }) => ({ path, reason: `is a ${resource.Type}` })),
};
