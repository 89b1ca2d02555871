import { validation } from './errors.js';
import { operandsOf, type Condition } from './expressions/condition.js';
import type { IndexRecord, KeyNames, TableRecord } from './records.js';
import { checkedItem, kindOf, type Item } from './values.js';

/** What a query or scan looks at: the table, or one of its indexes. */
export interface View {
  readonly table: TableRecord;
  readonly index: IndexRecord | undefined;
  readonly key: KeyNames;
  readonly items: Item[];
  readonly typeOf: (name: string) => string;
  /** The attributes that an item has here. */
  readonly project: (item: Item, select: string | undefined) => Item;
}

/** @throws AwsError ValidationException for an index the table does not have, or that cannot be read consistently. */
export const viewOf = (table: TableRecord, input: { IndexName?: string | undefined; ConsistentRead?: boolean | undefined }): View => {
  const index = table.indexes.find(({ name }) => name === input.IndexName);
  if (input.IndexName !== undefined && !index) throw validation(`The table does not have the specified index: ${input.IndexName}`);
  if (index?.isGlobal && input.ConsistentRead) throw validation('Consistent reads are not supported on global secondary indexes');
  const key = index?.key ?? table.key;
  const isHere = (item: Item): boolean => item[key.hash] !== undefined && (key.range === undefined || item[key.range] !== undefined);
  return {
    ...{ table, index, key, items: [...table.items.values()].filter(isHere) },
    typeOf: (name) => table.attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? '',
    // A local index fetches from the table what it does not hold, when asked for everything.
    project: (item, select) => (index && select !== 'ALL_ATTRIBUTES' ? projected(table, index, item) : item),
  };
};

const projected = (table: TableRecord, { key, projection }: IndexRecord, item: Item): Item => {
  if (projection.ProjectionType === 'ALL') return item;
  const kept = new Set([table.key.hash, table.key.range, key.hash, key.range, ...(projection.NonKeyAttributes ?? [])]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
};

const namesIn = (condition: Condition): string[] =>
  operandsOf(condition).flatMap((operand) => (operand.is === 'value' ? [] : [operand.path[0]]));

/** A query's filter may not speak of the key it was asked by. @throws AwsError ValidationException */
export const checkConditions = ({ key }: View, filter: Condition | undefined): void => {
  const wrong = filter && namesIn(filter).find((name) => name === key.hash || name === key.range);
  if (wrong === undefined) return;
  throw validation(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${wrong}`);
};

/** @throws AwsError ValidationException for a key that no page can have ended with. */
export const checkStartKey = ({ table, key, typeOf }: View, start: Item | undefined): Item | undefined => {
  if (!start) return undefined;
  const wanted = new Set([table.key.hash, table.key.range, key.hash, key.range].filter((name) => name !== undefined));
  const given = Object.keys(start);
  const checked = checkedItem(start);
  const fits = given.length === wanted.size && given.every((name) => wanted.has(name) && kindOf(checked[name]!) === typeOf(name));
  if (!fits) throw validation('The provided starting key is invalid');
  return checked;
};
