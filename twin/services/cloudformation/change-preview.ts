import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../world/context.js';
import type { Adoptions } from './adoptions.js';
import type { Catalog } from './catalog.js';
import type { Mark } from './change-details.js';
import { modification } from './change-modification.js';
import type { Deployment } from './deployment.js';
import { evaluateOutputs } from './engine/outputs.js';
import type { ResourceRecord, StackRecord } from './records.js';
import { plainScope, resourceScope, type Place } from './scopes.js';
import { dependencyOrder } from './template/dependency-order.js';
import { knownAfterApply, type Scope } from './template/scope.js';
import type { ResourceDeclaration } from './template/template.js';

export interface Preview {
  readonly changes: readonly Change[];
  /** False when carrying it out would leave resources, outputs and tags as they are. */
  readonly changesAnything: boolean;
}

/** What bringing a stack to `deployment` would do, as far as that can be told beforehand. */
export const previewChanges = async (
  stack: StackRecord,
  deployment: Deployment,
  place: Place,
  catalog: Catalog,
  ctx: Context,
  adoptions: Adoptions = new Map(),
): Promise<Preview> => {
  const { resources } = stack;
  const marks = new Map<string, Mark>();
  const scope = previewScope(resourceScope(plainScope(place, deployment, ctx), deployment.template, resources), deployment, marks);
  const changes: Change[] = [];
  for (const name of dependencyOrder(deployment.dependencies)) {
    const declared = deployment.resources.get(name)!;
    const existing = resources.get(name);
    if (!existing || /^(CREATE|IMPORT)_FAILED$/.test(existing.status)) {
      marks.set(name, { kind: 'new' });
      changes.push(addition(name, declared, adoptions.get(name)));
      continue;
    }
    const change = await modification(name, declared, existing, { stack, deployment, scope, marks, catalog });
    if (change) changes.push(change);
  }
  for (const record of resources.values()) if (!deployment.resources.has(record.logicalId)) changes.push(removal(record));
  const outputs = await evaluateOutputs(deployment, scope);
  const alike = isDeepStrictEqual(outputs, stack.outputs) && isDeepStrictEqual(deployment.tags, stack.deployment?.tags ?? []);
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

const addition = (name: string, declared: ResourceDeclaration, adopted: string | undefined): Change =>
  resourceChange({
    Action: adopted === undefined ? 'Add' : 'Import',
    LogicalResourceId: name,
    ...(adopted === undefined ? {} : { PhysicalResourceId: adopted }),
    ResourceType: declared.Type,
    Scope: [],
    Details: [],
  });

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
