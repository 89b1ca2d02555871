import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { consumed } from './consumed.js';
import { invalid, validation } from './errors.js';
import type { Condition } from './expressions/condition.js';
import { holds } from './expressions/holds.js';
import { parseKeyCondition } from './expressions/key-condition.js';
import type { Path } from './expressions/paths.js';
import { project } from './expressions/projection.js';
import { readExpressions } from './expressions/read-expressions.js';
import { compareItems, keyOf, partitionOf } from './keys.js';
import { checkConditions, checkStartKey, viewOf, type View } from './views.js';
import { readyTable } from './records.js';
import { identityOf, sizeOf, type Item } from './values.js';

const mostBytes = 1024 * 1024;

const sharedMembers = [
  ...(['TableName', 'IndexName', 'ConsistentRead', 'ExclusiveStartKey', 'FilterExpression', 'ProjectionExpression', 'Limit'] as const),
  ...(['ExpressionAttributeNames', 'ExpressionAttributeValues', 'Select', 'ReturnConsumedCapacity'] as const),
];
type Asked = DynamoDB.QueryCommandInput | DynamoDB.ScanCommandInput;

const checkSelect = ({ Select, ProjectionExpression }: Asked, view: View): void => {
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && !view.index) {
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && ProjectionExpression === undefined) {
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES' && ProjectionExpression !== undefined) {
    throw validation(`Cannot specify the ProjectionExpression when choosing to get ${Select}`);
  }
  if (Select === 'ALL_ATTRIBUTES' && view.index?.isGlobal && view.index.projection.ProjectionType !== 'ALL') {
    throw invalid(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${view.index.name} because its projection type is not ALL`,
    );
  }
};

/** One page: until the limit, or 1 MB, of items looked at; the filter comes after that. */
const pageOf = (items: readonly Item[], limit: number | undefined): { looked: readonly Item[]; isCut: boolean } => {
  let bytes = 0;
  const looked: Item[] = [];
  for (const item of items) {
    if (looked.length === limit || bytes >= mostBytes) return { looked, isCut: true };
    looked.push(item);
    bytes += sizeOf(item);
  }
  // A page that ends at its limit names a last key, also when nothing follows.
  return { looked, isCut: looked.length === limit };
};

const answer = (
  input: Asked,
  view: View,
  items: readonly Item[],
  read: { filter: Condition | undefined; projection: readonly Path[] | undefined },
) => {
  if (input.Limit !== undefined && input.Limit < 1) {
    throw validation(
      `1 validation error detected: Value '${input.Limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  }
  const { looked, isCut } = pageOf(items, input.Limit);
  const found = looked.filter((item) => !read.filter || holds(read.filter, item));
  const shown = found.map((item) => (read.projection ? project(item, read.projection) : view.project(item, input.Select)));
  const last = isCut ? looked.at(-1) : undefined;
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: shown }),
    Count: found.length,
    ScannedCount: looked.length,
    ...(last ? { LastEvaluatedKey: { ...keyOf(view.table.key, last), ...keyOf(view.key, last) } } : {}),
    ...consumed.read(input, view.table, looked),
  };
};

const query = (input: DynamoDB.QueryCommandInput, view: View) => {
  checkSelect(input, view);
  const text = input.KeyConditionExpression;
  if (text === undefined)
    throw validation('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  const { extra: condition, ...read } = readExpressions(input, (placeholders) =>
    parseKeyCondition(text, view.key, view.typeOf, placeholders),
  );
  checkConditions(view, read.filter);
  const start = checkStartKey(view, input.ExclusiveStartKey);
  const partition = identityOf(condition.hashValue);
  const forward = input.ScanIndexForward ?? true;
  const order = (one: Item, other: Item): number => compareItems(view.table, view.key, one, other) * (forward ? 1 : -1);
  const items = view.items
    .filter((item) => identityOf(item[view.key.hash]!) === partition && (!condition.range || holds(condition.range, item)))
    .sort(order)
    .filter((item) => !start || order(item, start) > 0);
  return answer(input, view, items, read);
};

const scan = (input: DynamoDB.ScanCommandInput, view: View) => {
  checkSelect(input, view);
  const { Segment: segment, TotalSegments: total } = input;
  if (segment !== undefined && total === undefined) {
    throw validation('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  }
  if (total !== undefined && segment === undefined) {
    throw validation('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  }
  if (segment !== undefined && segment >= total!) {
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  const read = readExpressions(input);
  const start = checkStartKey(view, input.ExclusiveStartKey);
  const share = (item: Item): number =>
    Math.floor((Number.parseInt(partitionOf(item[view.key.hash]!).slice(0, 8), 16) / 2 ** 32) * (total ?? 1));
  const items = view.items
    .filter((item) => share(item) === (segment ?? 0))
    .sort((one, other) => compareItems(view.table, view.key, one, other))
    .filter((item) => !start || compareItems(view.table, view.key, item, start) > 0);
  return answer(input, view, items, read);
};

export const queryOperations = {
  Query: (input, ctx) => {
    accept('dynamodb.Query', input, ['KeyConditionExpression', 'ScanIndexForward', ...sharedMembers]);
    return query(input, viewOf(readyTable(ctx, input.TableName), input));
  },
  Scan: (input, ctx) => {
    accept('dynamodb.Scan', input, ['Segment', 'TotalSegments', ...sharedMembers]);
    return scan(input, viewOf(readyTable(ctx, input.TableName), input));
  },
} satisfies Operations<typeof DynamoDB>;
