import type { Parameter } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import type { Catalog } from '../catalog.js';
import type { Deployment } from '../deployment.js';
import { createStack } from '../engine/create-stack.js';
import { importResources } from '../engine/import-resources.js';
import type { Job } from '../engine/job.js';
import type { Moment } from '../engine/moment.js';
import { beginOperation } from '../engine/operation.js';
import { updateStack } from '../engine/update-stack.js';
import { notModelled, validationError } from '../errors.js';
import type { OnFailure, StackRecord } from '../records.js';
import { stackArn } from '../scopes.js';

/** @throws AwsError ValidationError for a name that AWS would not take. */
export const checkStackName = (name: string | undefined): string => {
  if (name !== undefined && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) return name;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
};

/** A stack that has nothing yet, and that nobody knows of until it is kept. */
export const newStack = (name: string, ctx: Context): StackRecord => ({
  id: stackArn(name, freshUuid(ctx, 'cloudformation.stack'), ctx),
  name,
  createdAt: ctx.date(),
  updatedAt: undefined,
  deletedAt: undefined,
  status: 'REVIEW_IN_PROGRESS',
  statusReason: undefined,
  deployment: undefined,
  resources: new Map(),
  baseline: undefined,
  leftovers: [],
  outputs: [],
  imports: new Set(),
  events: [],
  changeSets: new Map(),
  changeSetId: undefined,
  drifts: new Map(),
  driftStatus: undefined,
  tokens: new Map(),
  disableRollback: false,
  terminationProtection: false,
  policy: undefined,
  operation: undefined,
  operationCount: 0,
  chargedSeconds: 0,
});

export interface Start {
  readonly stack: StackRecord;
  readonly deployment: Deployment;
  readonly catalog: Catalog;
  readonly onFailure: OnFailure;
  readonly retainExceptOnCreate: boolean;
  readonly token: string | undefined;
  readonly adoptions?: ReadonlyMap<string, string>;
  /** Absent: the stack's own. */
  readonly policy?: string | undefined;
}

const jobOf = (start: Start): Job => ({
  ...start,
  adoptions: start.adoptions ?? new Map(),
  policy: start.policy ?? start.stack.policy,
  imports: new Set(),
});

/** Begins to create, update or import into a stack, whichever it needs. */
export const startDeployment = (start: Start, ctx: Context, what: 'deploy' | 'import' = 'deploy'): void => {
  const { stack, deployment } = start;
  const job = jobOf(start);
  const work = what === 'import' ? importResources : stack.deployment ? updateStack : createStack;
  stack.deployment = deployment;
  stack.disableRollback = start.onFailure === 'DO_NOTHING';
  beginOperation(stack, start.token, ctx, (moment) => work(job, moment));
};

/** Begins to undo what an operation has done to a stack. */
export const startUndoing = (
  stack: StackRecord,
  catalog: Catalog,
  input: { readonly ClientRequestToken?: string | undefined; readonly RetainExceptOnCreate?: boolean | undefined },
  ctx: Context,
  work: (job: Job, moment: Moment) => void,
): void => {
  const { ClientRequestToken: token, RetainExceptOnCreate: retainExceptOnCreate = false } = input;
  const job = jobOf({ stack, deployment: stack.deployment!, catalog, onFailure: 'ROLLBACK', retainExceptOnCreate, token });
  beginOperation(stack, token, ctx, (moment) => work(job, moment));
};

const updatable = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/;
const paused = /^(CREATE|UPDATE)_FAILED$/;

/** @throws AwsError ValidationError in AWS's words when the stack's state does not allow an update. */
export const checkUpdatable = (stack: StackRecord): void => {
  if (!updatable.test(stack.status) && !paused.test(stack.status))
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
};

/** @throws AwsError ValidationError when the stack stands where something failed, and the update would roll back on failure. */
export const checkPaused = (stack: StackRecord, disableRollback: boolean | undefined): void => {
  if (!paused.test(stack.status) || disableRollback) return;
  throw validationError(
    `This stack is currently in a non-terminal [${stack.status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
  );
};

/**
 * Whether `token` has already started this very action on the stack: then the call is a repetition and starts nothing.
 * @throws AwsError TokenAlreadyExistsException when it has started something else.
 */
export const isRepetition = (stack: StackRecord | undefined, token: string | undefined, action: string): boolean => {
  const started = token === undefined ? undefined : stack?.tokens.get(token);
  if (started === undefined || started === action) return started !== undefined;
  throw new AwsError('TokenAlreadyExistsException', `Token ${token} already exists for a different action`);
};

export const rememberToken = (stack: StackRecord, token: string | undefined, action: string): void => {
  if (token !== undefined) stack.tokens.set(token, action);
};

/** What of a request must stay empty, because nothing would come of it here. */
export const refuseUnmodelled = (
  operation: string,
  input: {
    readonly NotificationARNs?: readonly string[] | undefined;
    readonly RollbackConfiguration?:
      { readonly RollbackTriggers?: readonly unknown[] | undefined; readonly MonitoringTimeInMinutes?: number | undefined } | undefined;
    readonly DeploymentConfig?: { readonly Mode?: string | undefined } | undefined;
  },
): void => {
  if ((input.NotificationARNs ?? []).length > 0) throw notModelled(`${operation} with NotificationARNs`);
  const { RollbackTriggers = [], MonitoringTimeInMinutes = 0 } = input.RollbackConfiguration ?? {};
  if (RollbackTriggers.length > 0 || MonitoringTimeInMinutes > 0) throw notModelled(`${operation} with RollbackConfiguration`);
  const mode = input.DeploymentConfig?.Mode ?? 'STANDARD';
  if (mode !== 'STANDARD') throw notModelled(`${operation} with DeploymentConfig.Mode ${mode}`);
};

/** Parameters as DescribeStacks shows them: a NoEcho value never. */
export const shownParameters = (deployment: Deployment | undefined): Parameter[] =>
  [...(deployment?.parameters ?? [])].map(([name, { given, resolved, noEcho }]) => ({
    ParameterKey: name,
    ParameterValue: noEcho ? '****' : given,
    ...(resolved === undefined ? {} : { ResolvedValue: noEcho ? '****' : resolved }),
  }));
