import { sha256 } from '../model/canonical.js';
import type { Targets } from '../model/plan.js';
import type { StepContext } from './define-step.js';

/** Whether a database, as a step's input names it, is another than the site's own. */
export const isAnother = (facts: Targets['facts'], database: unknown): database is string =>
  database !== undefined && database !== facts.database.identifier;

/**
 * `<organisation>-<site>-db-<hash>[-attempt]`, as `siteNames().database`: the cluster carries the site's prefix. The hash is the run's, or, long
 * enough that no two of a fleet are the same, the run's and another database's.
 */
export const generation = (ctx: StepContext, database: string | undefined, attempt: number): string => {
  const hash = isAnother(ctx.targets.facts, database) ? sha256(`${ctx.run}/${database}`).slice(0, 16) : sha256(ctx.run).slice(0, 8);
  return `${ctx.targets.site.cluster}-db-${hash}${attempt > 1 ? `-${attempt}` : ''}`;
};
