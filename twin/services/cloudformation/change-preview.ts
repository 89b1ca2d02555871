import { isDeepStrictEqual } from 'node:util';
import type { Change, PolicyAction, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../world/context.js';
import type { ResourceProperties } from '../service.js';
import { backing, type Catalog } from './catalog.js';
import { detailsOf, requiresRecreation, type Mark, type PropertyChange } from './change-details.js';
import type { Deployment } from './deployment.js';
import { changedProperties } from './engine/job.js';
import { evaluateOutputs } from './engine/outputs.js';
import type { ResourceRecord, StackRecord } from './records.js';
import { plainScope, resourceScope, type Place } from './scopes.js';
import { dependencyOrder } from './template/dependency-order.js';
import { evaluate } from './template/evaluate.js';
import { isUnknown, knownAfterApply, type Scope } from './template/scope.js';
import type { ResourceDeclaration } from './template/template.js';

export interface Preview {
  readonly changes: readonly Change[];
  /** False when carrying it out would leave resources, outputs and tags as they are. */
  readonly changesAnything: boolean;
}

/** What bringing a stack to `deployment` would do, as far as that can be told beforehand. */
export const previewChanges = async (
  stack: StackRecord | undefined,
  deployment: Deployment,
  place: Place,
  catalog: Catalog,
  ctx: Context,
): Promise<Preview> => {
  const resources = stack?.resources ?? new Map<string, ResourceRecord>();
  const marks = new Map<string, Mark>();
  const scope = previewScope(resourceScope(plainScope(place, deployment, ctx), deployment.template, resources), deployment, marks);
  const changes: Change[] = [];
  for (const name of dependencyOrder(deployment.dependencies)) {
    const declared = deployment.resources.get(name)!;
    const existing = resources.get(name);
    if (!existing || existing.status === 'CREATE_FAILED') {
      marks.set(name, { kind: 'new' });
      changes.push(resourceChange({ Action: 'Add', LogicalResourceId: name, ResourceType: declared.Type, Scope: [], Details: [] }));
      continue;
    }
    const change = await modification(name, declared, existing, { stack: stack!, deployment, scope, marks, catalog });
    if (change) changes.push(change);
  }
  for (const record of resources.values()) if (!deployment.resources.has(record.logicalId)) changes.push(removal(record));
  const outputs = await evaluateOutputs(deployment, scope);
  const alike = isDeepStrictEqual(outputs, stack?.outputs ?? []) && isDeepStrictEqual(deployment.tags, stack?.deployment?.tags ?? []);
  return { changes, changesAnything: changes.length > 0 || !alike };
};

/** As the stack is now, but what is made or changed by the update is known only after it. */
const previewScope = (current: Scope, deployment: Deployment, marks: ReadonlyMap<string, Mark>): Scope => ({
  ...current,
  ref: (name) => {
    const mark = name in deployment.template.Resources ? marks.get(name) : undefined;
    return mark && mark.kind !== 'modified' ? knownAfterApply : current.ref(name);
  },
  attribute: (name, attribute) => (marks.has(name) ? knownAfterApply : current.attribute(name, attribute)),
});

interface Surroundings {
  readonly stack: StackRecord;
  readonly deployment: Deployment;
  readonly scope: Scope;
  readonly marks: Map<string, Mark>;
  readonly catalog: Catalog;
}

const modification = async (
  name: string,
  declared: ResourceDeclaration,
  existing: ResourceRecord,
  around: Surroundings,
): Promise<Change | undefined> => {
  const wanted = (await evaluate(declared.Properties ?? {}, around.scope)) as ResourceProperties;
  const properties = changedProperties(existing.wanted, wanted);
  const metadata = !isDeepStrictEqual(existing.metadata, declared.Metadata);
  if (properties.length === 0 && !metadata && !existing.status.endsWith('_FAILED')) return undefined;
  const type = backing(around.catalog, declared.Type);
  const before = around.stack.deployment?.template.Resources[name];
  const changed: PropertyChange[] = properties.map((property) => ({
    property,
    declaredBefore: before?.Properties?.[property],
    declaredAfter: declared.Properties?.[property],
    recreation: requiresRecreation(type, property, existing.wanted, wanted),
    unknown: isUnknown(wanted[property]),
  }));
  const details = detailsOf(changed, around.deployment, around.stack.deployment, around.marks);
  const replacement = replacementOf(details);
  around.marks.set(name, { kind: replacement === 'True' ? 'replaced' : replacement === 'Conditional' ? 'perhaps-replaced' : 'modified' });
  const metadataDetail: ResourceChangeDetail = {
    Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
    Evaluation: 'Static',
    ChangeSource: 'DirectModification',
  };
  return resourceChange({
    Action: 'Modify',
    LogicalResourceId: name,
    PhysicalResourceId: existing.physicalId,
    ResourceType: declared.Type,
    Replacement: replacement,
    Scope: [...(properties.length > 0 ? (['Properties'] as const) : []), ...(metadata ? (['Metadata'] as const) : [])],
    Details: [...details, ...(metadata ? [metadataDetail] : [])],
    ...(replacement === 'False' ? {} : { PolicyAction: replacePolicy(declared) }),
  });
};

const replacementOf = (details: readonly ResourceChangeDetail[]): 'True' | 'False' | 'Conditional' => {
  const recreating = details.filter(({ Target }) => Target?.RequiresRecreation !== 'Never');
  if (recreating.length === 0) return 'False';
  return recreating.some(({ Evaluation }) => Evaluation === 'Static') ? 'True' : 'Conditional';
};

const replacePolicy = (declared: ResourceDeclaration): PolicyAction => {
  const policy = declared.UpdateReplacePolicy ?? 'Delete';
  return policy === 'Retain' ? 'ReplaceAndRetain' : policy === 'Snapshot' ? 'ReplaceAndSnapshot' : 'ReplaceAndDelete';
};

const removal = (record: ResourceRecord): Change =>
  resourceChange({
    Action: 'Remove',
    LogicalResourceId: record.logicalId,
    PhysicalResourceId: record.physicalId,
    ResourceType: record.type,
    Scope: [],
    Details: [],
    PolicyAction: record.deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : record.deletionPolicy,
  });

const resourceChange = (change: NonNullable<Change['ResourceChange']>): Change => ({ Type: 'Resource', ResourceChange: change });

/** The resources whose type a new template would change, which CloudFormation refuses. */
export const retyped = (stack: StackRecord, deployment: Deployment): readonly string[] =>
  [...deployment.resources].filter(([name, { Type }]) => (stack.resources.get(name)?.type ?? Type) !== Type).map(([name]) => name);
