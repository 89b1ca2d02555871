import type { Change, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { ResourceProperties } from '../service.js';
import type { Deployment } from './deployment.js';
import type { ResourceRecord } from './records.js';
import { referencesIn } from './template/references.js';
import type { ResourceDeclaration } from './template/template.js';

const hidden = '****';

/** Properties as a change set shows them: what hangs on a NoEcho parameter never. */
export const shownProperties = (
  values: ResourceProperties,
  declared: ResourceDeclaration | undefined,
  deployment: Deployment | undefined,
): ResourceProperties => {
  const isSecret = (name: string): boolean =>
    referencesIn(declared?.Properties?.[name] ?? '').some((reference) => deployment?.parameters.get(reference.name)?.noEcho);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isSecret(name) ? hidden : value]));
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a detail shows of its target when property values are asked for. */
export const valuesOf = (path: string, before: unknown, after: unknown): Partial<NonNullable<ResourceChangeDetail['Target']>> => ({
  Path: path,
  ...(before === undefined ? {} : { BeforeValue: asText(before) }),
  ...(after === undefined ? {} : { AfterValue: asText(after) }),
  AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
});

/** A whole resource as `BeforeContext` and `AfterContext` have it. */
export const contextOf = (
  Properties: ResourceProperties,
  about: Pick<ResourceRecord, 'metadata'> & { readonly deletionPolicy?: unknown; readonly updateReplacePolicy?: unknown },
): string =>
  JSON.stringify({
    Properties,
    Metadata: about.metadata,
    DeletionPolicy: about.deletionPolicy,
    UpdateReplacePolicy: about.updateReplacePolicy,
  });

/** A change as it is shown to somebody who did not ask for property values. */
export const withoutValues = (change: Change): Change => {
  const { BeforeContext: _before, AfterContext: _after, ...resource } = change.ResourceChange ?? {};
  const Details = resource.Details?.map(({ Target, ...detail }) => ({
    ...detail,
    Target: { Attribute: Target?.Attribute, Name: Target?.Name, RequiresRecreation: Target?.RequiresRecreation },
  }));
  return { ...change, ResourceChange: { ...resource, ...(Details ? { Details } : {}) } };
};
