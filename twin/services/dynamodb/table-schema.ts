import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { accept } from '../members.js';
import { invalid, validation } from './errors.js';
import { keyNames, type IndexRecord, type KeyNames } from './records.js';

/** Quotas of a table (developer guide, "Quotas"). */
const mostGlobalIndexes = 20;
const mostLocalIndexes = 5;

const checkKeySchema = (schema: readonly DynamoDB.KeySchemaElement[] | undefined): void => {
  const [first, second, third] = schema ?? [];
  if (!first)
    throw validation("1 validation error detected: Value null at 'keySchema' failed to satisfy constraint: Member must not be null");
  if (third)
    throw validation(
      "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    );
  if (first.KeyType !== 'HASH') throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second && second.KeyType !== 'RANGE') throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (second?.AttributeName === first.AttributeName) {
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
};

const attributesOf = ({ hash, range }: KeyNames): string[] => (range === undefined ? [hash] : [hash, range]);
const listed = (names: Iterable<string>): string => `[${[...names].join(', ')}]`;

/** Every key attribute defined, and no attribute that is no key. */
const checkDefinitions = (definitions: readonly DynamoDB.AttributeDefinition[], keys: readonly KeyNames[]): void => {
  const defined = definitions.map(({ AttributeName }) => AttributeName!);
  const used = new Set(keys.flatMap(attributesOf));
  const undefinedNames = [...used].filter((name) => !defined.includes(name));
  if (undefinedNames.length > 0) {
    throw invalid(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: ${listed(undefinedNames)}, AttributeDefinitions: ${listed(defined)}`,
    );
  }
  if (used.size === defined.length) return;
  throw invalid(`Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`);
};

type GivenIndex = DynamoDB.GlobalSecondaryIndex & DynamoDB.LocalSecondaryIndex;

const indexOf = (given: GivenIndex, isGlobal: boolean, table: KeyNames): IndexRecord => {
  accept('dynamodb index', given, ['IndexName', 'KeySchema', 'Projection', ...(isGlobal ? (['ProvisionedThroughput'] as const) : [])]);
  checkKeySchema(given.KeySchema);
  const key = keyNames(given.KeySchema);
  const projection = given.Projection ?? {};
  if (projection.ProjectionType === undefined) throw invalid('Unknown ProjectionType: null');
  if (projection.ProjectionType === 'INCLUDE' ? !projection.NonKeyAttributes?.length : projection.NonKeyAttributes?.length) {
    const type = projection.ProjectionType;
    throw invalid(
      type === 'INCLUDE'
        ? 'ProjectionType is INCLUDE, but NonKeyAttributes is not specified'
        : `ProjectionType is ${type}, but NonKeyAttributes is specified`,
    );
  }
  if (!isGlobal && table.range === undefined) {
    throw invalid('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  }
  if (!isGlobal && (key.hash !== table.hash || key.range === undefined)) {
    throw invalid(`Index KeySchema does not have the table's hash key and a range key of its own. Index: ${given.IndexName}`);
  }
  return { name: given.IndexName!, isGlobal, key, projection, throughput: given.ProvisionedThroughput };
};

export interface Schema {
  readonly attributes: readonly DynamoDB.AttributeDefinition[];
  readonly key: KeyNames;
  readonly indexes: readonly IndexRecord[];
}

/** Keys and indexes of a new table. @throws AwsError ValidationException */
export const readSchema = (input: DynamoDB.CreateTableCommandInput): Schema => {
  checkKeySchema(input.KeySchema);
  const key = keyNames(input.KeySchema);
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = input;
  if (global.length > mostGlobalIndexes) throw invalid(`GlobalSecondaryIndex count exceeds the per-table limit of ${mostGlobalIndexes}`);
  if (local.length > mostLocalIndexes) {
    throw invalid(`Number of LocalSecondaryIndexes exceeds per-table limit of ${mostLocalIndexes}`);
  }
  const indexes = [
    ...global.map((given) => indexOf(given as GivenIndex, true, key)),
    ...local.map((given) => indexOf(given as GivenIndex, false, key)),
  ];
  const twice = indexes.find(({ name }, at) => indexes.findIndex((other) => other.name === name) !== at);
  if (twice) throw invalid(`Duplicate index name: ${twice.name}`);
  checkDefinitions(input.AttributeDefinitions ?? [], [key, ...indexes.map((index) => index.key)]);
  return { attributes: input.AttributeDefinitions!, key, indexes };
};
