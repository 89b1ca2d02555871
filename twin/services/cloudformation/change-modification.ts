import type { Change, PolicyAction, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { ResourceProperties } from '../service.js';
import { backing, type Catalog } from './catalog.js';
import { detailsOf, requiresRecreation, type Mark, type PropertyChange } from './change-details.js';
import { contextOf, shownProperties, valuesOf } from './change-values.js';
import type { Deployment } from './deployment.js';
import { attributesChanged, changedProperties, declaredAttributes } from './engine/job.js';
import type { ResourceRecord, StackRecord } from './records.js';
import { evaluate } from './template/evaluate.js';
import { isUnknown, type Scope } from './template/scope.js';
import type { ResourceDeclaration } from './template/template.js';

export interface Surroundings {
  readonly stack: StackRecord;
  readonly deployment: Deployment;
  readonly scope: Scope;
  readonly marks: Map<string, Mark>;
  readonly catalog: Catalog;
}

/** What an update would do to a resource that is there; undefined when nothing. */
export const modification = async (
  name: string,
  declared: ResourceDeclaration,
  existing: ResourceRecord,
  around: Surroundings,
): Promise<Change | undefined> => {
  const wanted = (await evaluate(declared.Properties ?? {}, around.scope)) as ResourceProperties;
  const properties = changedProperties(existing.wanted, wanted);
  const attributes = declaredAttributes(around, name, declared);
  const others = attributesChanged(existing, attributes);
  if (properties.length === 0 && others.length === 0 && !existing.status.endsWith('_FAILED')) return undefined;
  const type = backing(around.catalog, declared.Type);
  const before = around.stack.deployment?.template.Resources[name];
  const shownBefore = shownProperties(existing.wanted, before, around.stack.deployment);
  const shownAfter = shownProperties(wanted, declared, around.deployment);
  const changed: PropertyChange[] = properties.map((property) => ({
    property,
    declaredBefore: before?.Properties?.[property],
    declaredAfter: declared.Properties?.[property],
    before: shownBefore[property],
    after: shownAfter[property],
    recreation: requiresRecreation(type, property, existing.wanted, wanted),
    unknown: isUnknown(wanted[property]),
  }));
  const details = detailsOf(changed, around.deployment, around.stack.deployment, around.marks);
  const replacement = replacementOf(details);
  around.marks.set(name, { kind: replacement === 'True' ? 'replaced' : replacement === 'Conditional' ? 'perhaps-replaced' : 'modified' });
  const valuesOfOther = { Metadata: 'metadata', DeletionPolicy: 'deletionPolicy', UpdateReplacePolicy: 'updateReplacePolicy' } as const;
  const otherDetails = others.map((Attribute): ResourceChangeDetail => {
    const values = valuesOf(`/${Attribute}`, existing[valuesOfOther[Attribute]], attributes[valuesOfOther[Attribute]]);
    return { Target: { Attribute, RequiresRecreation: 'Never', ...values }, Evaluation: 'Static', ChangeSource: 'DirectModification' };
  });
  const scopeOfProperties = properties.some((property) => property !== 'Tags') ? (['Properties'] as const) : [];
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: 'Modify',
      LogicalResourceId: name,
      PhysicalResourceId: existing.physicalId,
      ResourceType: declared.Type,
      Replacement: replacement,
      Scope: [...scopeOfProperties, ...(properties.includes('Tags') ? (['Tags'] as const) : []), ...others],
      Details: [...details, ...otherDetails],
      BeforeContext: contextOf(shownBefore, existing),
      AfterContext: contextOf(shownAfter, attributes),
      ...(replacement === 'False' ? {} : { PolicyAction: replacePolicy(declared) }),
    },
  };
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
