/** Capacity units as ReturnConsumedCapacity=TOTAL gives them (developer guide, "Capacity unit consumption"). */
import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { accept } from '../members.js';
import type { TableRecord } from './records.js';
import { sizeOf, type Item } from './values.js';

interface Asking {
  readonly ReturnConsumedCapacity?: DynamoDB.ReturnConsumedCapacity | undefined;
}
type Consumed = { ConsumedCapacity?: DynamoDB.ConsumedCapacity };

const answer = ({ ReturnConsumedCapacity: asked }: Asking, { name }: TableRecord, units: number): Consumed => {
  if (asked === 'INDEXES') accept('dynamodb', { 'ReturnConsumedCapacity INDEXES': true }, []);
  return asked === 'TOTAL' ? { ConsumedCapacity: { TableName: name, CapacityUnits: units } } : {};
};

/** A read unit is 4 KB, and half of one when eventually consistent. */
const readUnits = (items: readonly Item[], isConsistent: boolean | undefined): number => {
  const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
  return Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
};

/** A write unit is 1 KB of the larger of the item before and after. */
const writeUnits = (before: Item | undefined, after: Item | undefined): number =>
  Math.max(1, Math.ceil(Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0) / 1024));

export const consumed = {
  write: (input: Asking, table: TableRecord, { before, after }: { before: Item | undefined; after: Item | undefined }): Consumed =>
    answer(input, table, writeUnits(before, after)),
  read: (input: Asking & { ConsistentRead?: boolean | undefined }, table: TableRecord, items: readonly Item[]): Consumed =>
    answer(input, table, readUnits(items, input.ConsistentRead)),
};
