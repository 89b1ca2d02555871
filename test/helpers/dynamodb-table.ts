import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { dynamodb } from '../../twin/services/dynamodb/index.js';
import type { Item } from '../../twin/services/dynamodb/values.js';
import { serviceWorld } from './service-world.js';

/** A world with one active table `orders`: partition `customer`, sort key `number`, a global index by `state`. */
export const tableWorld = async () => {
  const world = serviceWorld([dynamodb]);
  const call = <Output>(operation: string, input: object) => world.call<Output>('dynamodb', operation, input);
  await call('CreateTable', {
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'customer', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
      { AttributeName: 'state', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      { IndexName: 'byState', KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  });
  await world.pass(20);
  const key = (number = 1, customer = 'ann'): Item => ({ customer: { S: customer }, number: { N: String(number) } });
  return {
    ...world,
    call,
    key,
    put: (item: Item, also: Partial<DynamoDB.PutItemCommandInput> = {}) =>
      call<DynamoDB.PutItemOutput>('PutItem', { TableName: 'orders', Item: { ...key(), ...item }, ...also }),
    get: async (at: Item = key(), also: Partial<DynamoDB.GetItemCommandInput> = {}) =>
      (await call<DynamoDB.GetItemOutput>('GetItem', { TableName: 'orders', Key: at, ...also })).Item,
    update: (expression: string, also: Partial<DynamoDB.UpdateItemCommandInput> = {}) =>
      call<DynamoDB.UpdateItemOutput>('UpdateItem', { TableName: 'orders', Key: key(), UpdateExpression: expression, ...also }),
    query: (condition: string, also: Partial<DynamoDB.QueryCommandInput> = {}) =>
      call<DynamoDB.QueryOutput>('Query', { TableName: 'orders', KeyConditionExpression: condition, ...also }),
  };
};
