import type { Change, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { isStateful } from '../../lib/contract/stateful-types.js';

/** Something that holds data and that a change set would replace or remove, or of which it cannot be told. */
export interface Loss {
  readonly logicalId: string;
  readonly type: string;
  /** In words, with the properties that cause it. */
  readonly what: string;
}

/** What a deployment would cost. A replacement that only may happen counts, and so does a change that cannot be judged. */
export const lossesIn = (changes: readonly Change[]): Loss[] =>
  changes.flatMap(({ Type, ResourceChange: change }) => {
    if (Type !== 'Resource' || !change) return [{ logicalId: '?', type: Type ?? '?', what: 'is a change of a kind that cannot be judged' }];
    const { Action, LogicalResourceId: logicalId = '?', ResourceType: type = '?', Replacement, ChangeSetId, Details = [] } = change;
    if (ChangeSetId) return [{ logicalId, type, what: 'is a nested stack, whose changes cannot be judged here' }];
    if (!isStateful(type) || Action === 'Add' || Action === 'Import') return [];
    if (Action === 'Remove') return [{ logicalId, type, what: 'would be removed from its stack' }];
    if (Action === 'Modify' && Replacement === 'False') return [];
    const causes = [...new Set(Details.flatMap(causeOf))];
    const how = Replacement === 'True' ? 'would be replaced' : `may be replaced (${Replacement ?? 'unknown'})`;
    return [{ logicalId, type, what: causes.length ? `${how} because of ${causes.join(', ')}` : how }];
  });

const causeOf = ({ Target }: ResourceChangeDetail): string[] => {
  if (!Target || Target.RequiresRecreation === 'Never') return [];
  const { Name, Attribute, BeforeValue, AfterValue } = Target;
  const name = Name ?? Attribute ?? 'an unnamed property';
  return [BeforeValue !== undefined && AfterValue !== undefined ? `${name}: ${BeforeValue} -> ${AfterValue}` : name];
};
