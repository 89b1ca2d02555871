import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import type { TemplateProperties } from '../template-properties.js';

export const tableProperties = [
  ...['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'BillingMode', 'TableClass'],
  ...['ProvisionedThroughput', 'SSESpecification', 'PointInTimeRecoverySpecification', 'TimeToLiveSpecification', 'Tags'],
  ...['DeletionProtectionEnabled'],
];

/** Capacity units, which templates may write as text. */
const units = (given: unknown): DynamoDB.ProvisionedThroughput | undefined => {
  if (given === undefined) return undefined;
  const { ReadCapacityUnits, WriteCapacityUnits } = given as Record<string, unknown>;
  return { ReadCapacityUnits: Number(ReadCapacityUnits), WriteCapacityUnits: Number(WriteCapacityUnits) };
};
/** Templates write booleans as text, too. */
export const isOn = (given: unknown): boolean => String(given) === 'true';

const encryption = (read: TemplateProperties): DynamoDB.SSESpecification | undefined => {
  const given = read.raw('SSESpecification') as Record<string, unknown> | undefined;
  return given && ({ ...given, SSEEnabled: undefined, Enabled: isOn(given.SSEEnabled) } as DynamoDB.SSESpecification);
};

const indexes = (read: TemplateProperties): DynamoDB.GlobalSecondaryIndex[] | undefined =>
  (read.raw('GlobalSecondaryIndexes') as DynamoDB.GlobalSecondaryIndex[] | undefined)?.map((index) => ({
    ...index,
    ...(index.ProvisionedThroughput ? { ProvisionedThroughput: units(index.ProvisionedThroughput) } : {}),
  }));

/** A template's table as CreateTable wants it. */
export const createInput = (read: TemplateProperties, name: string) => ({
  TableName: name,
  AttributeDefinitions: read.raw('AttributeDefinitions'),
  KeySchema: read.raw('KeySchema'),
  GlobalSecondaryIndexes: indexes(read),
  LocalSecondaryIndexes: read.raw('LocalSecondaryIndexes'),
  BillingMode: read.text('BillingMode'),
  ProvisionedThroughput: units(read.raw('ProvisionedThroughput')),
  SSESpecification: encryption(read),
  TableClass: read.text('TableClass'),
  DeletionProtectionEnabled: read.flag('DeletionProtectionEnabled'),
  Tags: read.tags(),
});

/** Only what changed: UpdateTable refuses values that are what they were. */
export const updateInput = (read: TemplateProperties, previous: TemplateProperties): object => {
  const of = (properties: TemplateProperties) => ({
    BillingMode: properties.text('BillingMode') ?? 'PROVISIONED',
    ProvisionedThroughput: units(properties.raw('ProvisionedThroughput')),
    SSESpecification: encryption(properties) ?? { Enabled: false },
    TableClass: properties.text('TableClass') ?? 'STANDARD',
    DeletionProtectionEnabled: properties.flag('DeletionProtectionEnabled') ?? false,
  });
  const before = of(previous) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(of(read)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
};
