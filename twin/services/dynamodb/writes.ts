/**
 * Conditional writes of single items, alone or in a transaction: first prepared (everything that can be refused without
 * looking at the item), then decided against the item as it is, then committed.
 */
import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { invalid, validation } from './errors.js';
import { applyUpdate } from './expressions/apply-update.js';
import type { Condition } from './expressions/condition.js';
import { holds } from './expressions/holds.js';
import type { Path } from './expressions/paths.js';
import { readExpressions } from './expressions/read-expressions.js';
import { pathsOf } from './expressions/update.js';
import { checkedKey, checkKeysOf, keyText } from './keys.js';
import { readyTable, type TableRecord } from './records.js';
import { checkedItem, sizeOf, type Item } from './values.js';

export interface Write {
  readonly table: TableRecord;
  readonly key: string;
  readonly condition: Condition | undefined;
  /** What is to stand there, given what stands there. */
  readonly change: (before: Item | undefined) => Item | undefined;
  /** The item goes into the error when the condition fails. */
  readonly showsItem: boolean;
  /** Of an update: what it writes. */
  readonly paths: readonly Path[];
}
export interface Decided {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

const largestItem = 400 * 1024;

/** Members that every conditional write has. */
export const conditionMembers = [
  ...(['TableName', 'ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'] as const),
  'ReturnValuesOnConditionCheckFailure' as const,
];

const base = (table: TableRecord, key: Item, input: DynamoDB.Put | DynamoDB.Update | DynamoDB.Delete) => ({
  ...{ table, key: keyText(table.key, key), paths: [] },
  showsItem: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
});

export const preparePut = (input: DynamoDB.Put, ctx: Context): Write => {
  const table = readyTable(ctx, input.TableName);
  const item = checkedItem(input.Item ?? {});
  checkKeysOf(table, item);
  if (sizeOf(item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
  const { condition } = readExpressions(input);
  return { ...base(table, item, input), condition, change: () => item };
};

export const prepareDelete = (input: DynamoDB.Delete, ctx: Context): Write => {
  const table = readyTable(ctx, input.TableName);
  const { condition } = readExpressions(input);
  return { ...base(table, checkedKey(table, input.Key), input), condition, change: () => undefined };
};

/** ConditionCheck: changes nothing. */
export const prepareCheck = (input: DynamoDB.ConditionCheck, ctx: Context): Write => {
  accept('dynamodb.ConditionCheck', input, ['Key', ...conditionMembers]);
  return { ...prepareDelete(input, ctx), change: (before) => before };
};

export const prepareUpdate = (
  input: Omit<DynamoDB.Update, 'UpdateExpression'> & { UpdateExpression?: string | undefined },
  ctx: Context,
): Write => {
  const table = readyTable(ctx, input.TableName);
  const { condition, update } = readExpressions(input);
  const key = checkedKey(table, input.Key);
  const paths = update ? pathsOf(update) : [];
  const keyPath = paths.find(([name]) => name === table.key.hash || name === table.key.range);
  if (keyPath) throw invalid(`Cannot update attribute ${keyPath[0]}. This attribute is part of the key`);
  const change = (before: Item | undefined): Item => {
    const start = before ?? key;
    const after = update ? applyUpdate(update, start) : start;
    checkKeysOf(table, after);
    if (sizeOf(after) > largestItem) throw validation('Item size to update has exceeded the maximum allowed size');
    return after;
  };
  return { ...base(table, key, input), condition, change, paths };
};

/** @throws AwsError ConditionalCheckFailedException, or ValidationException for an update that does not fit the item. */
export const decide = ({ table, key, condition, change, showsItem }: Write): Decided => {
  const before = table.items.get(key);
  if (condition && !holds(condition, before ?? {})) {
    const fields = showsItem && before ? { Item: before } : {};
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { status: 400, fields });
  }
  return { before, after: change(before) };
};

export const commit = ({ table, key }: Write, { after }: Decided): void => {
  if (after) table.items.set(key, after);
  else table.items.delete(key);
};

/** Decides and commits in one. */
export const carryOut = (write: Write): Decided => {
  const decided = decide(write);
  commit(write, decided);
  return decided;
};
