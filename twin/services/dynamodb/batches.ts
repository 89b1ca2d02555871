import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { validation } from './errors.js';
import { project } from './expressions/projection.js';
import { readExpressions } from './expressions/read-expressions.js';
import { checkedKey, keyText } from './keys.js';
import { readyTable, type TableRecord } from './records.js';
import { sizeOf, type Item } from './values.js';
import { carryOut, prepareDelete, preparePut, type Write } from './writes.js';

const mostReads = 100;
const mostWrites = 25;
const mostBytes = 16 * 1024 * 1024;
const duplicates = (): Error => validation('Provided list of item keys contains duplicates');

interface Wanted {
  readonly name: string;
  readonly asked: DynamoDB.KeysAndAttributes;
  readonly table: TableRecord;
  readonly keys: readonly { given: Item; text: string }[];
  readonly show: (item: Item) => Item;
}

const wantedOf = (name: string, asked: DynamoDB.KeysAndAttributes, ctx: Context): Wanted => {
  accept('dynamodb.BatchGetItem', asked, ['Keys', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames']);
  const table = readyTable(ctx, name);
  const { projection } = readExpressions(asked);
  const keys = (asked.Keys ?? []).map((given) => ({ given, text: keyText(table.key, checkedKey(table, given)) }));
  if (new Set(keys.map(({ text }) => text)).size < keys.length) throw duplicates();
  return { name, asked, table, keys, show: (item) => (projection ? project(item, projection) : item) };
};

/** In the order asked; what does not fit into 16 MB comes back as unprocessed. */
const batchGet = (wanted: readonly Wanted[]): DynamoDB.BatchGetItemOutput => {
  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: Record<string, DynamoDB.KeysAndAttributes> = {};
  let bytes = 0;
  for (const { name, asked, table, keys, show } of wanted) {
    const found: Item[] = (Responses[name] = []);
    for (const { given, text } of keys) {
      const item = table.items.get(text);
      bytes += item ? sizeOf(item) : 0;
      if (bytes > mostBytes) (UnprocessedKeys[name] ??= { ...asked, Keys: [] }).Keys!.push(given);
      else if (item) found.push(show(item));
    }
  }
  return { Responses, UnprocessedKeys };
};

const writeOf = (name: string, request: DynamoDB.WriteRequest, ctx: Context): Write => {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if (put && !remove) return preparePut({ TableName: name, Item: put.Item }, ctx);
  if (remove && !put) return prepareDelete({ TableName: name, Key: remove.Key }, ctx);
  throw validation('Supplied WriteRequest must contain exactly one of PutRequest or DeleteRequest');
};

export const batchOperations = {
  BatchGetItem: (input, ctx) => {
    accept('dynamodb.BatchGetItem', input, ['RequestItems']);
    const entries = Object.entries(input.RequestItems ?? {});
    const count = entries.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
    if (count > mostReads) throw validation('Too many items requested for the BatchGetItem call');
    if (count === 0) throw validation('The requestItems parameter is required for BatchGetItem');
    return batchGet(entries.map(([name, asked]) => wantedOf(name, asked, ctx)));
  },
  /** Every write for itself, without conditions: the batch is no transaction. */
  BatchWriteItem: (input, ctx) => {
    accept('dynamodb.BatchWriteItem', input, ['RequestItems']);
    const entries = Object.entries(input.RequestItems ?? {});
    const count = entries.reduce((sum, [, requests]) => sum + requests.length, 0);
    if (count > mostWrites) throw validation('Too many items requested for the BatchWriteItem call');
    if (count === 0) throw validation('The batch write request list for a table cannot be null or empty');
    const writes = entries.flatMap(([name, requests]) => requests.map((request) => writeOf(name, request, ctx)));
    if (new Set(writes.map(({ table, key }) => `${table.name} ${key}`)).size < writes.length) throw duplicates();
    for (const write of writes) carryOut(write);
    return { UnprocessedItems: {} };
  },
} satisfies Operations<typeof DynamoDB>;
