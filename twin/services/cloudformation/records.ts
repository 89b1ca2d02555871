import type {
  Change,
  ChangeSetStatus,
  ExecutionStatus,
  Output,
  ResourceStatus,
  StackDriftStatus,
  StackEvent,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import type { ResourceProperties } from '../service.js';
import type { Deployment } from './deployment.js';
import type { ResourceDrift } from './drift.js';
import { validationError } from './errors.js';
import type { RemovalPolicy } from './template/template.js';

/** A resource as the stack last left it; a change makes a new record, so that an old one can be gone back to. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string | undefined;
  readonly status: ResourceStatus;
  readonly statusReason: string | undefined;
  readonly changedAt: Date;
  /** After intrinsics, before dynamic references: what updates are compared by. */
  readonly wanted: ResourceProperties;
  /** After dynamic references: may hold secrets, so shown nowhere. */
  readonly properties: ResourceProperties;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly metadata: unknown;
  /** It was there before the stack had it: undoing its import lets it be. */
  readonly adopted: boolean;
  readonly dependsOn: ReadonlySet<string>;
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
}

/** A physical resource that the stack no longer wants, and what is to become of it. */
export interface Leftover {
  readonly record: ResourceRecord;
  readonly policy: RemovalPolicy;
}

/** A stack as the last operation that came to a good end left it: what a rollback goes back to. */
export interface Baseline {
  readonly deployment: Deployment;
  readonly resources: ReadonlyMap<string, ResourceRecord>;
  readonly imports: ReadonlySet<string>;
}

export type OnFailure = 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';

export interface ChangeSetRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly deployment: Deployment;
  readonly changes: readonly Change[];
  /** Physical ids of existing resources that the stack is to take over, by logical id. */
  readonly adoptions: ReadonlyMap<string, string>;
  readonly onFailure: OnFailure | undefined;
  readonly includesNestedStacks: boolean | undefined;
  readonly importsExisting: boolean | undefined;
  readonly token: string | undefined;
  readonly status: ChangeSetStatus;
  readonly statusReason: string | undefined;
  executionStatus: ExecutionStatus;
}

/** A running operation of a stack; a newer one makes the events of an older one void. */
export interface StackOperation {
  readonly id: string;
  readonly startedAt: number;
  readonly token: string | undefined;
  /** World seconds from its start to its last step so far. */
  seconds: number;
  /** Set while a look is running this operation's events early. */
  completing: Promise<void> | undefined;
}

export interface StackRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  updatedAt: Date | undefined;
  deletedAt: Date | undefined;
  status: StackStatus;
  statusReason: string | undefined;
  /** What the stack is, or is on its way to; absent while a first change set is in review. */
  deployment: Deployment | undefined;
  resources: Map<string, ResourceRecord>;
  /** Absent while no operation has come to a good end. */
  baseline: Baseline | undefined;
  /** What operations have left to be removed when one ends. */
  leftovers: readonly Leftover[];
  outputs: readonly Output[];
  /** Export names of other stacks that this stack's values come from. */
  imports: ReadonlySet<string>;
  readonly events: StackEvent[];
  readonly changeSets: Map<string, ChangeSetRecord>;
  changeSetId: string | undefined;
  /** What the last detection found of each resource that can be read back. */
  readonly drifts: Map<string, ResourceDrift>;
  driftStatus: { readonly status: StackDriftStatus; readonly at: Date } | undefined;
  /** What client request tokens have started, by token. */
  readonly tokens: Map<string, string>;
  disableRollback: boolean;
  terminationProtection: boolean;
  policy: string | undefined;
  operation: StackOperation | undefined;
  operationCount: number;
  /** World seconds that looks have skipped. */
  chargedSeconds: number;
}

/** Every stack of the region that ever was, by id. */
const stacks = regional('cloudformation.stacks', () => new Map<string, StackRecord>());

export const allStacks = (ctx: Context): readonly StackRecord[] => [...ctx.state(stacks).values()];

export const keepStack = (stack: StackRecord, ctx: Context): void => void ctx.state(stacks).set(stack.id, stack);

/** By id any stack, by name only one that is not deleted. */
export const lookUpStack = (nameOrId: string | undefined, ctx: Context): StackRecord | undefined =>
  ctx.state(stacks).get(nameOrId ?? '') ?? allStacks(ctx).find((stack) => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE');

/** @throws AwsError ValidationError, as DescribeStacks words it. */
export const theStack = (nameOrId: string | undefined, ctx: Context): StackRecord => {
  const stack = lookUpStack(nameOrId, ctx);
  if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
};

/** Every export of the region: its name, its value and the stack it comes from. */
export const allExports = (ctx: Context): readonly { name: string; value: string; stack: StackRecord }[] =>
  allStacks(ctx)
    .filter((stack) => stack.status !== 'DELETE_COMPLETE')
    .flatMap((stack) =>
      stack.outputs.flatMap(({ ExportName, OutputValue }) =>
        ExportName === undefined ? [] : [{ name: ExportName, value: OutputValue ?? '', stack }],
      ),
    );

/** The stacks that import `exportName`. */
export const importersOf = (exportName: string, ctx: Context): readonly StackRecord[] =>
  allStacks(ctx).filter((stack) => stack.status !== 'DELETE_COMPLETE' && stack.imports.has(exportName));
