import type { Context } from '../world/context.js';

/** The operations of an SDK client module, typed by its own commands: `Operations<typeof import('@aws-sdk/client-rds')>`. */
export type Operations<Module> = {
  [Name in keyof Module as Name extends `${infer Operation}Command` ? Operation : never]?: (
    input: InputOf<Module[Name]>,
    ctx: Context,
  ) => OutputOf<Module[Name]> | Promise<OutputOf<Module[Name]>>;
};
type InputOf<C> = C extends new (...args: never[]) => { input: infer I } ? I : never;
type OutputOf<C> = C extends new (...args: never[]) => {
  resolveMiddleware: (...args: never[]) => (args: never) => Promise<{ output: infer O }>;
}
  ? Omit<O, '$metadata'>
  : never;

/** Properties of a CloudFormation resource after intrinsics and dynamic references are resolved. */
export type ResourceProperties = Record<string, unknown>;

/** What a resource type answers once it exists: `Ref` gives the physical id, `Fn::GetAtt` the attributes. */
export interface ProvisionedResource {
  readonly physicalId: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** `undefined`: still on its way. */
export type Stability = { stable: true; attributes?: Readonly<Record<string, unknown>> } | { failed: string } | undefined;

/** Backs one CloudFormation resource type by the service that owns it, so that a describe call finds what the stack says. */
export interface ResourceType {
  readonly type: string;
  /** Properties whose change needs a replacement ("Update requires: Replacement" in the resource's CloudFormation page). */
  readonly replacedOn: readonly string[];
  /** True for types whose replacement or deletion loses data. */
  readonly holdsData?: boolean;
  /** Creates through the service's own operations. `logicalName` is `StackName-LogicalId-suffix`, for names nobody gave. */
  create(properties: ResourceProperties, ctx: Context, names: ResourceNames): Promise<ProvisionedResource>;
  /** Asked after create or update until it answers; absent means stable at once. */
  stable?(physicalId: string, properties: ResourceProperties, ctx: Context): Promise<Stability> | Stability;
  /** In-place update; absent means every change is a replacement. Returns new attributes. */
  update?(
    physicalId: string,
    properties: ResourceProperties,
    previous: ResourceProperties,
    ctx: Context,
    names: ResourceNames,
  ): Promise<ProvisionedResource>;
  delete(physicalId: string, properties: ResourceProperties, ctx: Context): Promise<void>;
  /** Asked after delete until true; absent means gone at once. */
  gone?(physicalId: string, ctx: Context): boolean | Promise<boolean>;
  /** How one that is there already is found: what importing and drift detection need. Absent: the twin can do neither for this type. */
  readonly existing?: ExistingResource;
}

export interface ExistingResource {
  /** The property that identifies it in an import (the primary identifier of its schema). Its value is the physical id. */
  readonly identifiedBy: string;
  /**
   * What the service says it is now, in the words of a template; `undefined`, or the service's own "not found", when there is none.
   * A property that is not among `properties`, not even as `undefined`, is one that the service does not tell, and is never compared.
   */
  read(
    physicalId: string,
    ctx: Context,
  ): Promise<({ properties: ResourceProperties } & Pick<ProvisionedResource, 'attributes'>) | undefined>;
}

export interface ResourceNames {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** A unique name as CloudFormation makes it: `stack-logical-SUFFIX`, cut to `most` characters. */
  generated(most?: number): string;
}

/** One thing a person wants to see of a running world: `database`, `web-1`, `available`. */
export interface Shown {
  readonly what: string;
  readonly name: string;
  readonly state: string;
}

/** One AWS service: its SDK client's schemas, its operations, and the CloudFormation types it backs. */
export interface Service {
  /** As in the SDK package, which the wire reads: `rds` for `@aws-sdk/client-rds`, `elastic-load-balancing-v2`, `cloudwatch-logs`. */
  readonly id: string;
  /** Another module than that package, for tests. */
  readonly sdk?: () => Promise<Record<string, unknown>>;
  /** `global` services have one control plane, in us-east-1 (IAM, Route 53). */
  readonly reach: 'regional' | 'global';
  readonly operations: Readonly<Record<string, (input: never, ctx: Context) => unknown>>;
  readonly resourceTypes?: readonly ResourceType[];
  /** Operations that only read or carry data: everything else is a control-plane write. Used by the calls ledger. */
  readonly dataPlane?: readonly string[];
  /** What a person wants to see of its records in the context's account and region, oldest first. Changes nothing. */
  readonly shown?: (ctx: Context) => readonly Shown[];
  /** Called once, when the world begins: recurring events (health checks, schedules) are scheduled here. */
  readonly begin?: (ctx: Context) => void;
}

/** Describes a service with its operations checked against the SDK's own types. */
export const defineService = <Module>(service: Omit<Service, 'operations'> & { operations: Operations<Module> }): Service =>
  service as unknown as Service;
