import { createHash } from 'node:crypto';
import type { AttributeValue, ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import { compareNumbers } from './decimal.js';
import { invalid, validation } from './errors.js';
import type { KeyNames, TableRecord } from './records.js';
import { checkedItem, checkedValue, identityOf, kindOf, sizeOfValue, type Item } from './values.js';

const names = ({ hash, range }: KeyNames): string[] => (range === undefined ? [hash] : [hash, range]);
const typeOf = (table: TableRecord, name: string): ScalarAttributeType =>
  table.attributes.find(({ AttributeName }) => AttributeName === name)!.AttributeType!;

/** The text under which the table keeps the item with this key. */
export const keyText = (key: KeyNames, item: Item): string =>
  names(key)
    .map((name) => identityOf(item[name]!))
    .join('/');

export const keyOf = (key: KeyNames, item: Item): Item => Object.fromEntries(names(key).map((name) => [name, item[name]!]));

const checkKeyValue = (name: string, value: AttributeValue, isHash: boolean): void => {
  const kind = kindOf(value);
  if (kind !== 'N' && sizeOfValue(value) === 0) {
    const what = kind === 'S' ? 'string' : 'binary';
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${what} value. Key: ${name}`,
    );
  }
  const most = isHash ? 2048 : 1024;
  if (sizeOfValue(value) <= most) return;
  throw invalid(`Size of ${isHash ? 'hashkey' : 'rangekey'} has exceeded the maximum size limit of${most} bytes`);
};

/** A `Key` parameter: the key attributes, all of them and nothing else. @throws AwsError ValidationException */
export const checkedKey = (table: TableRecord, key: Item | undefined): Item => {
  const wanted = names(table.key);
  const given = Object.keys(key ?? {});
  const mismatch = validation('The provided key element does not match the schema');
  if (given.length !== wanted.length || wanted.some((name) => key?.[name] === undefined)) throw mismatch;
  const checked = checkedItem(key!);
  for (const name of wanted) {
    if (kindOf(checked[name]!) !== typeOf(table, name)) throw mismatch;
    checkKeyValue(name, checked[name]!, name === table.key.hash);
  }
  return checked;
};

/** Types and sizes of the key attributes of the table and of its indexes in a whole item. @throws AwsError ValidationException */
export const checkKeysOf = (table: TableRecord, item: Item): void => {
  for (const name of names(table.key)) {
    const value = item[name];
    if (value === undefined) throw invalid(`Missing the key ${name} in the item`);
    const kind = kindOf(value);
    if (kind !== typeOf(table, name)) throw invalid(`Type mismatch for key ${name} expected: ${typeOf(table, name)} actual: ${kind}`);
    checkKeyValue(name, value, name === table.key.hash);
  }
  for (const index of table.indexes) {
    for (const name of names(index.key)) {
      const value = item[name];
      if (value === undefined) continue;
      const [expected, kind] = [typeOf(table, name), kindOf(value)];
      if (kind !== expected) {
        throw invalid(`Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${kind} IndexName: ${index.name}`);
      }
      if (kind === 'N' || sizeOfValue(value) > 0) continue;
      const what = kind === 'S' ? 'string' : 'binary';
      throw validation(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${what} value. IndexName: ${index.name}, IndexKey: ${name}`,
      );
    }
  }
};

/** By type: numbers by value, text and bytes by their UTF-8 bytes. Undefined for types that have no order or differ. */
export const compareScalars = (one: AttributeValue, other: AttributeValue): number | undefined => {
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return undefined;
  if (kind === 'N') return compareNumbers(one.N!, other.N!);
  if (kind === 'S') return Buffer.compare(Buffer.from(one.S!), Buffer.from(other.S!));
  return kind === 'B' ? Buffer.compare(Buffer.from(one.B!), Buffer.from(other.B!)) : undefined;
};

/** Where a partition stands among the others: scans go by a hash that says nothing of the key. */
export const partitionOf = (hashValue: AttributeValue): string =>
  createHash('md5')
    .update(identityOf(checkedValue(hashValue)))
    .digest('hex');

/** The order of scans and of global indexes' pages: by partition, then sort key, then the table's own key. */
export const compareItems = (table: TableRecord, key: KeyNames, one: Item, other: Item): number => {
  const [left, right] = [partitionOf(one[key.hash]!), partitionOf(other[key.hash]!)];
  if (left !== right) return left < right ? -1 : 1;
  const byRange = key.range === undefined ? 0 : (compareScalars(one[key.range]!, other[key.range]!) ?? 0);
  if (byRange !== 0 || key === table.key) return byRange;
  const [mine, theirs] = [keyText(table.key, one), keyText(table.key, other)];
  return mine < theirs ? -1 : mine > theirs ? 1 : 0;
};
