import { z } from 'zod';
import { modes } from '../model/plan.js';
import { durationPattern, durationSeconds } from './duration.js';

// No two dashes in a row: those join a task and the system it is done for.
const id = z.string().regex(/^(?=.{1,63}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case words joined by dashes, at most 63 characters');
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

const fact = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${'), 'a fact is the value itself; write it without a reference');

/** What the organisation decided: roles, succession, teams, objectives, phases, systems. */
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
        barrier: z.boolean().default(false).meta({
          description: 'whether nothing of it begins before everything of earlier phases is finished; otherwise only needs order',
        }),
        modes: z.array(z.enum(modes)).min(1).default(['failover']).meta({ description: 'what it belongs to' }),
      }),
    )
    .min(1)
    .meta({ description: 'phases, first to last, and the runbook of each' }),
  systems: z
    .array(
      z.strictObject({
        id,
        title,
        critical: z.boolean().meta({ description: 'whether it goes first where systems compete' }),
        facts: z
          .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,62}$/, 'letters and digits'), fact)
          .default({})
          .meta({ description: 'what its tasks take with "${system.name}"' }),
      }),
    )
    .default([])
    .meta({ description: 'what a procedure that says "for: systems" is carried out for, each' }),
});
export type System = ContingencyPlan['systems'][number];
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
  .meta({ description: 'inputs; "${task.field}" takes a field of a finished task\'s output, "${system.name}" a fact of the system' });
const factValue = z.union([z.string(), z.number(), z.boolean()], 'write text, a number, or true or false');
const when = z
  .strictObject({
    fact: z.string().meta({ description: 'path of a fact of the survey, as site.activeCount' }),
    is: factValue.optional(),
    isNot: factValue.optional(),
  })
  .meta({ description: 'the task is done only where this is so when the plan is made; one of is and isNot' });
/** What must be so of the sites for a task to be done. */
export type Condition = z.infer<typeof when>;
const common = { id: id.meta({ description: 'unique in the plan' }), title, needs: taskNeedList, when: when.optional() };

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
        for: z.literal('systems').optional().meta({ description: 'carried out for each system of the contingency plan' }),
        needs: procedureNeedList,
        tasks: z.array(runbookTaskSchema).min(1),
      }),
    )
    .min(1),
});
export type Runbook = z.infer<typeof runbookSchema>;
export type Procedure = Runbook['procedures'][number];
