import { describe, expect, test } from '@jest/globals';
import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { tableWorld } from '../../helpers/dynamodb-table.js';

const ann = { ':c': { S: 'ann' } };
const numbers = ({ Items }: DynamoDB.QueryOutput): string[] => Items!.map(({ number }) => number!.N!);

const filled = async () => {
  const world = await tableWorld();
  for (const number of [10, 9, 2, 1])
    await world.put({ number: { N: String(number) }, state: { S: number > 5 ? 'open' : 'done' }, amount: { N: '1' } });
  await world.put({ ...world.key(1, 'bob'), state: { S: 'open' } });
  return world;
};

describe('a query', () => {
  test.each([
    ['customer = :c', {}, ['1', '2', '9', '10']],
    ['customer = :c AND #n BETWEEN :low AND :high', { ':low': { N: '2' }, ':high': { N: '9.0' } }, ['2', '9']],
    [':low < #n AND customer = :c', { ':low': { N: '2' } }, ['9', '10']],
  ])('gives %s in the order of the sort key, by value', async (condition, values, expected) => {
    const { query } = await filled();
    const names = condition.includes('#n') ? { ExpressionAttributeNames: { '#n': 'number' } } : {};
    expect(numbers(await query(condition, { ExpressionAttributeValues: { ...ann, ...values }, ...names }))).toEqual(expected);
  });

  test('filters after its limit, and names the last key it looked at, also when nothing follows', async () => {
    const { query, key } = await filled();
    const asked = {
      ExpressionAttributeValues: { ...ann, ':s': { S: 'done' } },
      FilterExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'state' },
    };
    const first = await query('customer = :c', { ...asked, Limit: 2, ScanIndexForward: false });
    expect(first).toMatchObject({ Count: 0, ScannedCount: 2, LastEvaluatedKey: key(9) });
    const second = await query('customer = :c', { ...asked, Limit: 2, ScanIndexForward: false, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(numbers(second)).toEqual(['2', '1']);
    expect(second.LastEvaluatedKey).toEqual(key(1));
    const last = await query('customer = :c', { ...asked, ScanIndexForward: false, ExclusiveStartKey: second.LastEvaluatedKey });
    expect(last).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
  });

  test('of a global index gives what the index holds, never consistently', async () => {
    const { query } = await filled();
    const asked = { IndexName: 'byState', ExpressionAttributeNames: { '#s': 'state' }, ExpressionAttributeValues: { ':s': { S: 'open' } } };
    const { Items } = await query('#s = :s', asked);
    expect(Items).toHaveLength(3);
    expect(Items).not.toContainEqual(expect.objectContaining({ amount: expect.anything() }));
    await expect(query('#s = :s', { ...asked, ConsistentRead: true })).rejects.toThrow(
      'Consistent reads are not supported on global secondary indexes',
    );
  });

  test('projects paths, and counts without items', async () => {
    const { query } = await filled();
    const projected = await query('customer = :c', { ExpressionAttributeValues: ann, ProjectionExpression: 'amount', Limit: 1 });
    expect(projected.Items).toEqual([{ amount: { N: '1' } }]);
    expect(await query('customer = :c', { ExpressionAttributeValues: ann, Select: 'COUNT' })).toEqual({ Count: 4, ScannedCount: 4 });
  });

  test.each([
    ['without its partition', '#n = :c', 'Query condition missed key schema element: customer'],
    ['on a range of partitions', 'customer > :c', 'Query key condition not supported'],
    ['with OR', 'customer = :c OR #n = :c', 'Invalid operator used in KeyConditionExpression: OR'],
    ['on another attribute', 'customer = :c AND amount = :c', 'Query condition missed key schema element: number'],
    ['with a value of another type', 'customer = :c AND #n = :c', 'Condition parameter type does not match schema type'],
  ])('is refused %s', async (_what, condition, message) => {
    const { query } = await filled();
    const names = condition.includes('#n') ? { ExpressionAttributeNames: { '#n': 'number' } } : {};
    await expect(query(condition, { ExpressionAttributeValues: ann, ...names })).rejects.toThrow(message);
  });

  test('is refused with a filter on its key', async () => {
    const { query } = await filled();
    const asked = { ExpressionAttributeValues: ann, FilterExpression: 'customer = :c' };
    await expect(query('customer = :c', asked)).rejects.toThrow(
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: customer',
    );
  });
});

describe('a scan', () => {
  test('gives every item once, page by page and over all segments', async () => {
    const { call } = await filled();
    const seen: string[] = [];
    for (const Segment of [0, 1, 2]) {
      let ExclusiveStartKey: DynamoDB.ScanOutput['LastEvaluatedKey'];
      do {
        const found: DynamoDB.ScanOutput = await call('Scan', {
          TableName: 'orders',
          Segment,
          TotalSegments: 3,
          Limit: 2,
          ExclusiveStartKey,
        });
        seen.push(...found.Items!.map(({ customer, number }) => `${customer!.S}/${number!.N}`));
        ExclusiveStartKey = found.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    }
    expect(seen.sort()).toEqual(['ann/1', 'ann/10', 'ann/2', 'ann/9', 'bob/1']);
  });
});

describe('batches', () => {
  test('read what is there, and write without conditions', async () => {
    const { call, key } = await filled();
    await call('BatchWriteItem', {
      RequestItems: { orders: [{ PutRequest: { Item: key(77) } }, { DeleteRequest: { Key: key(10) } }] },
    });
    const { Responses } = await call<DynamoDB.BatchGetItemOutput>('BatchGetItem', {
      RequestItems: {
        orders: { Keys: [key(77), key(10), key(1)], ProjectionExpression: '#n', ExpressionAttributeNames: { '#n': 'number' } },
      },
    });
    expect(Responses!.orders).toEqual([{ number: { N: '77' } }, { number: { N: '1' } }]);
  });

  test('are refused whole when one key is in them twice, or too many are', async () => {
    const { call, key, get } = await filled();
    const puts = (count: number, of: (at: number) => number) =>
      call('BatchWriteItem', {
        RequestItems: { orders: Array.from({ length: count }, (_, at) => ({ PutRequest: { Item: key(of(at)) } })) },
      });
    await expect(puts(2, () => 50)).rejects.toThrow('Provided list of item keys contains duplicates');
    await expect(puts(26, (at) => 50 + at)).rejects.toThrow('Too many items requested for the BatchWriteItem call');
    expect(await get(key(50))).toBeUndefined();
  });
});

describe('a transaction', () => {
  const order = (number: string, also: object = {}) => ({
    Put: { TableName: 'orders', Item: { customer: { S: 'ann' }, number: { N: number } }, ...also },
  });

  test('writes all or nothing, and says of each action why', async () => {
    const { call, get, key } = await filled();
    const write = call('TransactWriteItems', {
      TransactItems: [
        order('100'),
        order('1', { ConditionExpression: 'attribute_not_exists(customer)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        { Update: { TableName: 'orders', Key: key(2), UpdateExpression: 'SET amount = absent' } },
      ],
    });
    await expect(write).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
      options: {
        fields: {
          CancellationReasons: [
            { Code: 'None' },
            { Code: 'ConditionalCheckFailed', Item: { amount: { N: '1' } } },
            { Code: 'ValidationError' },
          ],
        },
      },
    });
    expect(await get(key(100))).toBeUndefined();
    await call('TransactWriteItems', {
      TransactItems: [
        order('100'),
        { ConditionCheck: { TableName: 'orders', Key: key(1), ConditionExpression: 'attribute_exists(customer)' } },
      ],
    });
    expect(await get(key(100))).toEqual(key(100));
  });

  test('with a token is carried out once in ten minutes, and the token answers for that request alone', async () => {
    const { call, get, key, pass } = await filled();
    const add = (by: string) =>
      call('TransactWriteItems', {
        ClientRequestToken: 'token',
        TransactItems: [
          {
            Update: {
              TableName: 'orders',
              Key: key(1),
              UpdateExpression: 'ADD amount :by',
              ExpressionAttributeValues: { ':by': { N: by } },
            },
          },
        ],
      });
    await add('1');
    await add('1');
    expect(await get(key(1))).toMatchObject({ amount: { N: '2' } });
    await expect(add('2')).rejects.toMatchObject({ code: 'IdempotentParameterMismatchException' });
    await pass(601);
    await add('2');
    expect(await get(key(1))).toMatchObject({ amount: { N: '4' } });
  });

  test('is refused with one item in it twice', async () => {
    const { call } = await filled();
    await expect(call('TransactWriteItems', { TransactItems: [order('1'), order('1.0')] })).rejects.toThrow(
      'Transaction request cannot include multiple operations on one item',
    );
  });

  test('reads several items at one moment', async () => {
    const { call, key } = await filled();
    const Get = (number: number) => ({ Get: { TableName: 'orders', Key: key(number), ProjectionExpression: 'amount' } });
    expect(await call('TransactGetItems', { TransactItems: [Get(1), Get(55)] })).toEqual({
      Responses: [{ Item: { amount: { N: '1' } } }, {}],
    });
  });
});
