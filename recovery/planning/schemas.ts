import { z } from 'zod';
import { durationPattern, durationSeconds } from './duration.js';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case words joined by dashes, at most 63 characters');
const title = z.string().min(1).meta({ description: 'what people read' });
const duration = z
  .string()
  .regex(durationPattern, 'a duration such as P1W, P2D, PT24H, PT15M or PT90S')
  .meta({ description: 'ISO 8601, without years and months' });
/** Something can only be promised within some time. */
const objective = duration.refine(
  (text) => !durationPattern.test(text) || durationSeconds(text) > 0,
  'no time at all; write a duration that can be kept',
);
/** A file beside the contingency plan. */
export const runbookFile = /^[A-Za-z0-9][A-Za-z0-9_-]*\.ya?ml$/;

/** What the organisation decided: roles, succession, teams, objectives, phases. */
export const contingencyPlanSchema = z.strictObject({
  title: z.string().min(1).meta({ description: 'name of the plan' }),
  owners: z.array(id).min(1).meta({ description: 'roles that maintain the plan' }),
  succession: z.array(id).min(1).meta({ description: 'roles with decision authority, first to last' }),
  roles: z
    .record(id, z.strictObject({ title, email: z.email() }))
    .meta({ description: 'who is who, by role; contacts stay outside the repository' }),
  teams: z
    .array(z.strictObject({ id, title, leader: id }))
    .min(1)
    .meta({ description: 'teams and the roles that lead them' }),
  objectives: z
    .strictObject({ rto: objective, rpo: objective, mtd: objective })
    .meta({ description: 'recovery time, recovery point and maximum tolerable downtime' }),
  phases: z
    .array(
      z.strictObject({
        id,
        title,
        runbook: z.string().regex(runbookFile, 'the name of a YAML file beside this one, such as recovery.yaml'),
      }),
    )
    .min(1)
    .meta({ description: 'phases and the runbook of each' }),
});
export type ContingencyPlan = z.infer<typeof contingencyPlanSchema>;

/** What must be finished first: an id, or, where nothing else shows why, an id and the reason. */
const needList = <Justified extends z.ZodType>(justified: Justified) =>
  z
    .array(z.union([id, justified]))
    .default([])
    .meta({ description: 'ids of what must be finished first; where nothing else shows why, with the reason: because' });
const because = z.string().min(1).meta({ description: 'why it must be finished first' });
const taskNeedList = needList(z.strictObject({ task: id, because }));
const procedureNeedList = needList(z.strictObject({ procedure: id, because }));
const given = z
  .record(z.string(), z.unknown())
  .default({})
  .meta({ description: 'inputs; "${task.field}" takes a field of a finished task\'s output' });
const common = { id: id.meta({ description: 'unique in the runbook' }), title, needs: taskNeedList };

/** One task: a step, a set of checks, or something only people can do. */
export const runbookTaskSchema = z.union([
  z.strictObject({ ...common, uses: z.string().meta({ description: 'a registered step, service.verb-object' }), with: given }),
  z.strictObject({
    ...common,
    checks: z.array(z.strictObject({ uses: z.string().meta({ description: 'a registered check' }), with: given })).min(1),
  }),
  z.strictObject({
    ...common,
    ask: z
      .strictObject({ owner: id, request: z.string().min(1).meta({ description: 'what they are asked to do' }), within: duration })
      .meta({ description: 'waits for altsite ack' }),
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
        title,
        team: id,
        planLine: z.int().meta({ description: 'line of the written plan' }),
        needs: procedureNeedList,
        tasks: z.array(runbookTaskSchema).min(1),
      }),
    )
    .min(1),
});
export type Runbook = z.infer<typeof runbookSchema>;
