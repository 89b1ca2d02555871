import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../../world/context.js';
import { freshId, upperAlphanumeric } from '../../fresh-id.js';
import type { ResourceNames, ResourceProperties, ResourceType } from '../../service.js';
import type { Catalog } from '../catalog.js';
import type { Deployment } from '../deployment.js';
import type { OnFailure, ResourceRecord, StackRecord } from '../records.js';
import { plainScope, resourceScope } from '../scopes.js';
import { resolveDynamicReferences } from '../template/dynamic-references.js';
import { evaluate } from '../template/evaluate.js';
import type { Scope } from '../template/scope.js';
import { isObject, type RemovalPolicy, type ResourceDeclaration } from '../template/template.js';

/** One create, update or import of a stack, or the undoing of one. */
export interface Job {
  readonly stack: StackRecord;
  readonly deployment: Deployment;
  readonly catalog: Catalog;
  readonly onFailure: OnFailure;
  /** Retain means RetainExceptOnCreate in this operation. */
  readonly retainExceptOnCreate: boolean;
  /** The stack policy that holds during this operation. */
  readonly policy: string | undefined;
  /** Exports of other stacks that were used on the way. */
  readonly imports: Set<string>;
  /** Physical ids of existing resources that the stack is to take over, by logical id. */
  readonly adoptions: ReadonlyMap<string, string>;
}

/** What intrinsics of the job's template see now. */
export const scopeOf = (job: Job, ctx: Context): Scope => {
  const plain = plainScope({ stackId: job.stack.id, stackName: job.stack.name }, job.deployment, ctx);
  const importValue = (name: string): unknown => {
    const value = plain.importValue(name);
    job.imports.add(name);
    return value;
  };
  return resourceScope({ ...plain, importValue }, job.deployment.template, job.stack.resources);
};

/** The properties a resource should have: intrinsics carried out, dynamic references not yet. */
export const wantedProperties = async (job: Job, declared: ResourceDeclaration, ctx: Context): Promise<ResourceProperties> =>
  (await evaluate(declared.Properties ?? {}, scopeOf(job, ctx))) as ResourceProperties;

/** The properties as the owning service gets them. */
export const finalProperties = async (type: string, wanted: ResourceProperties, ctx: Context): Promise<ResourceProperties> => {
  const members = Object.entries(wanted).map(
    async ([name, value]) => [name, await resolveDynamicReferences(value, `${type}/${name}`, ctx)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
};

/** Names of the properties that differ. */
export const changedProperties = (before: ResourceProperties, after: ResourceProperties): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isDeepStrictEqual(before[name], after[name]));

const at = (properties: ResourceProperties, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), properties);

/** The properties (or paths) whose difference makes CloudFormation create the resource anew. */
export const replacingProperties = (type: ResourceType, before: ResourceProperties, after: ResourceProperties): readonly string[] =>
  type.update ? type.replacedOn.filter((path) => !isDeepStrictEqual(at(before, path), at(after, path))) : changedProperties(before, after);

/** An RDS instance outside a cluster is snapshotted unless the template says otherwise ("DeletionPolicy attribute"). */
export const deletionPolicyOf = (declared: ResourceDeclaration): RemovalPolicy => {
  const standalone = declared.Type === 'AWS::RDS::DBInstance' && declared.Properties?.['DBClusterIdentifier'] === undefined;
  return declared.DeletionPolicy ?? (standalone ? 'Snapshot' : 'Delete');
};

/** What the template says about a resource apart from its properties. */
export const declaredAttributes = (
  job: { readonly deployment: Deployment },
  logicalId: string,
  declared: ResourceDeclaration,
): Pick<ResourceRecord, 'metadata' | 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy'> => ({
  metadata: declared.Metadata,
  dependsOn: job.deployment.dependencies.get(logicalId) ?? new Set(),
  deletionPolicy: deletionPolicyOf(declared),
  updateReplacePolicy: declared.UpdateReplacePolicy ?? 'Delete',
});

/** Which of the things the template says about a resource, apart from its properties, would become others. */
export const attributesChanged = (
  existing: ResourceRecord,
  wanted: Pick<ResourceRecord, 'metadata' | 'deletionPolicy' | 'updateReplacePolicy'>,
): readonly ('Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy')[] => [
  ...(isDeepStrictEqual(existing.metadata, wanted.metadata) ? [] : (['Metadata'] as const)),
  ...(existing.deletionPolicy === wanted.deletionPolicy ? [] : (['DeletionPolicy'] as const)),
  ...(existing.updateReplacePolicy === wanted.updateReplacePolicy ? [] : (['UpdateReplacePolicy'] as const)),
];

/** Names as CloudFormation makes them: the stack's, the resource's and a suffix that never repeats. */
export const resourceNames = (stack: StackRecord, logicalId: string, ctx: Context): ResourceNames => {
  let suffix: string | undefined;
  return {
    stackName: stack.name,
    stackId: stack.id,
    logicalId,
    generated: (most = 255) => {
      suffix ??= freshId(ctx, `cloudformation.name/${stack.name}/${logicalId}`, 12, upperAlphanumeric);
      return `${`${stack.name}-${logicalId}`.slice(0, most - suffix.length - 1)}-${suffix}`;
    },
  };
};
