import type { Parameter } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import type { Catalog } from '../catalog.js';
import type { Deployment } from '../deployment.js';
import { createStack } from '../engine/create-stack.js';
import type { Job } from '../engine/job.js';
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
  outputs: [],
  imports: new Set(),
  events: [],
  changeSets: new Map(),
  changeSetId: undefined,
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
}

/** Begins to create or update a stack, whichever it needs. */
export const startDeployment = (start: Start, ctx: Context): void => {
  const { stack, deployment } = start;
  const job: Job = { ...start, imports: new Set(), leftovers: [] };
  const before = stack.deployment && { deployment: stack.deployment, resources: new Map(stack.resources), imports: stack.imports };
  stack.deployment = deployment;
  stack.disableRollback = start.onFailure === 'DO_NOTHING';
  beginOperation(stack, start.token, ctx, (moment) => (before ? updateStack(job, before, moment) : createStack(job, moment)));
};

const updatable = /^(CREATE_COMPLETE|CREATE_FAILED|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE)$/;

/** @throws AwsError ValidationError in AWS's words when the stack's state does not allow an update. */
export const checkUpdatable = (stack: StackRecord): void => {
  if (!updatable.test(stack.status)) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
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
