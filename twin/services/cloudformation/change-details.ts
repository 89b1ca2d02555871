import { isDeepStrictEqual } from 'node:util';
import type { RequiresRecreation, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { ResourceProperties, ResourceType } from '../service.js';
import { valuesOf } from './change-values.js';
import type { Deployment } from './deployment.js';
import { replacingProperties } from './engine/job.js';
import { referencesIn } from './template/references.js';

/** What an update does to a resource that others refer to. */
export interface Mark {
  readonly kind: 'new' | 'replaced' | 'perhaps-replaced' | 'modified';
}

/** One property that an update would give another value. */
export interface PropertyChange {
  readonly property: string;
  readonly declaredBefore: unknown;
  readonly declaredAfter: unknown;
  /** As a change set may show them. */
  readonly before: unknown;
  readonly after: unknown;
  readonly recreation: RequiresRecreation;
  /** Its value depends on something that exists only after the update. */
  readonly unknown: boolean;
}

/** Whether a change of this property means a new physical resource. */
export const requiresRecreation = (
  type: ResourceType,
  property: string,
  before: ResourceProperties,
  after: ResourceProperties,
): RequiresRecreation => {
  const replacing = replacingProperties(type, before, after);
  return replacing.some((path) => path === property || path.startsWith(`${property}.`)) ? 'Always' : 'Never';
};

/** Why each property changes: edited, by a parameter, or by another resource; and whether that is certain beforehand. */
export const detailsOf = (
  changes: readonly PropertyChange[],
  deployment: Deployment,
  previous: Deployment | undefined,
  marks: ReadonlyMap<string, Mark>,
): readonly ResourceChangeDetail[] => changes.flatMap((change) => detailsOfOne(change, deployment, previous, marks));

const targetOf = ({ property, recreation, before, after }: PropertyChange): ResourceChangeDetail['Target'] => ({
  // A change of tags counts as an attribute of its own.
  ...(property === 'Tags' ? { Attribute: 'Tags' } : { Attribute: 'Properties', Name: property }),
  RequiresRecreation: recreation,
  ...valuesOf(`/Properties/${property}`, before, after),
});

const detailsOfOne = (
  change: PropertyChange,
  deployment: Deployment,
  previous: Deployment | undefined,
  marks: ReadonlyMap<string, Mark>,
): readonly ResourceChangeDetail[] => {
  const Target = targetOf(change);
  const details: ResourceChangeDetail[] = [];
  if (!isDeepStrictEqual(change.declaredBefore, change.declaredAfter)) {
    // An edited property whose new value hangs on another resource's may still come out as it was.
    details.push({ Target, Evaluation: change.unknown ? 'Dynamic' : 'Static', ChangeSource: 'DirectModification' });
  }
  const holds = (condition: string): boolean => deployment.conditions.get(condition) === true;
  for (const { name, attribute } of referencesIn(change.declaredAfter, holds)) {
    const mark = marks.get(name);
    if (mark) {
      const certain = mark.kind === 'new' || mark.kind === 'replaced';
      if (attribute === undefined && mark.kind === 'modified') continue;
      details.push({
        Target,
        Evaluation: certain ? 'Static' : 'Dynamic',
        ChangeSource: attribute === undefined ? 'ResourceReference' : 'ResourceAttribute',
        CausingEntity: attribute === undefined ? name : `${name}.${attribute}`,
      });
    } else if (parameterDiffers(name, deployment, previous)) {
      details.push({ Target, Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: name });
    }
  }
  // A condition, a mapping or an import gave it another value.
  return details.length > 0 ? details : [{ Target, Evaluation: 'Static', ChangeSource: 'DirectModification' }];
};

const parameterDiffers = (name: string, deployment: Deployment, previous: Deployment | undefined): boolean =>
  deployment.parameters.has(name) && !isDeepStrictEqual(deployment.parameters.get(name)?.value, previous?.parameters.get(name)?.value);
