import { parseCondition, type Condition } from './condition.js';
import type { Path } from './paths.js';
import { Placeholders, type GivenPlaceholders } from './placeholders.js';
import { parseProjection } from './projection.js';
import { parseUpdate, type Update } from './update.js';

interface GivenExpressions extends GivenPlaceholders {
  readonly ConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
}
export interface Expressions<Extra> {
  readonly condition: Condition | undefined;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  readonly update: Update | undefined;
  readonly extra: Extra;
}

/**
 * Every expression of one request; `extra` parses what only some have, with the same placeholders.
 * @throws AwsError ValidationException in DynamoDB's words.
 */
export const readExpressions = <Extra = undefined>(
  given: GivenExpressions,
  extra?: (placeholders: Placeholders) => Extra,
): Expressions<Extra> => {
  const { ConditionExpression, FilterExpression, ProjectionExpression, UpdateExpression } = given;
  const written = [ConditionExpression, FilterExpression, ProjectionExpression, UpdateExpression];
  const placeholders = new Placeholders(given, extra !== undefined || written.some((text) => text !== undefined));
  const parsed = <T>(text: string | undefined, parse: (text: string) => T): T | undefined => (text === undefined ? undefined : parse(text));
  const read = {
    update: parsed(UpdateExpression, (text) => parseUpdate(text, placeholders)),
    condition: parsed(ConditionExpression, (text) => parseCondition('ConditionExpression', text, placeholders)),
    extra: extra?.(placeholders) as Extra,
    filter: parsed(FilterExpression, (text) => parseCondition('FilterExpression', text, placeholders)),
    projection: parsed(ProjectionExpression, (text) => parseProjection(text, placeholders)),
  };
  placeholders.checkAllUsed();
  return read;
};
