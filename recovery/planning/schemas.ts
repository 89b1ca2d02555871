import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by dashes');
const duration = z.iso.duration().meta({ description: 'ISO 8601 duration, e.g. PT24H' });

/** What the organisation decided: roles, succession, teams, objectives, phases. */
export const contingencyPlanSchema = z.strictObject({
  title: z.string().meta({ description: 'name of the plan' }),
  owners: z.array(id).min(1).meta({ description: 'roles that maintain the plan' }),
  succession: z.array(id).min(1).meta({ description: 'roles with decision authority, first to last' }),
  roles: z
    .record(id, z.strictObject({ title: z.string(), email: z.email() }))
    .meta({ description: 'who is who, by role; contacts stay outside the repository' }),
  teams: z
    .array(z.strictObject({ id, title: z.string(), leader: id }))
    .min(1)
    .meta({ description: 'teams and the roles that lead them' }),
  objectives: z
    .strictObject({ rto: duration, rpo: duration, mtd: duration })
    .meta({ description: 'recovery time, recovery point and maximum tolerable downtime' }),
  phases: z
    .array(z.strictObject({ id, title: z.string(), runbook: z.string() }))
    .min(1)
    .meta({ description: 'phases and the runbook of each' }),
});
export type ContingencyPlan = z.infer<typeof contingencyPlanSchema>;

const needs = z.array(id).default([]).meta({ description: 'ids of what must be finished first' });
const given = z
  .record(z.string(), z.unknown())
  .default({})
  .meta({ description: 'inputs; "${task.field}" takes a field of a finished task\'s output' });
const common = { id: id.meta({ description: 'unique in the runbook' }), title: z.string(), needs };

/** One task: a step, a set of checks, or something only people can do. */
export const runbookTaskSchema = z.union([
  z.strictObject({ ...common, uses: z.string().meta({ description: 'a registered step, service.verb-object' }), with: given }),
  z.strictObject({
    ...common,
    checks: z.array(z.strictObject({ uses: z.string().meta({ description: 'a registered check' }), with: given })).min(1),
  }),
  z.strictObject({
    ...common,
    ask: z.strictObject({ owner: id, request: z.string(), within: duration }).meta({ description: 'waits for altsite ack' }),
  }),
]);
export type RunbookTask = z.infer<typeof runbookTaskSchema>;

/** The tasks of one phase, as people wrote them. */
export const runbookSchema = z.strictObject({
  phase: id,
  procedures: z
    .array(
      z.strictObject({
        id,
        title: z.string(),
        team: id,
        planLine: z.int().meta({ description: 'line of the written plan' }),
        needs,
        tasks: z.array(runbookTaskSchema).min(1),
      }),
    )
    .min(1),
});
export type Runbook = z.infer<typeof runbookSchema>;
