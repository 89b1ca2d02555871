import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addNumbers, canonicalNumber, compareNumbers, negated } from '../../../twin/services/dynamodb/decimal.js';
import { tableWorld } from '../../helpers/dynamodb-table.js';

describe('an item', () => {
  test('comes back as it was put, numbers in their shortest form', async () => {
    const { put, get, key } = await tableWorld();
    const item = {
      amount: { N: '012.50E1' },
      goods: { L: [{ M: { sku: { S: 'a' } } }] },
      tags: { SS: ['x', 'y'] },
      raw: { B: Buffer.from('z') },
    };
    await put(item);
    expect(await get()).toEqual({ ...key(), ...item, amount: { N: '125' } });
  });

  test('is written on a condition only where the condition holds, and the refusal can show what stands there', async () => {
    const { put, get } = await tableWorld();
    await put({ state: { S: 'open' } });
    const once = put(
      { state: { S: 'other' } },
      { ConditionExpression: 'attribute_not_exists(customer)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    );
    await expect(once).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      options: { fields: { Item: { state: { S: 'open' } } } },
    });
    expect(await get()).toMatchObject({ state: { S: 'open' } });
  });

  test('is fenced by a number that only grows', async () => {
    const { update, get } = await tableWorld();
    const raise = (epoch: string) =>
      update('SET epoch = :e', {
        ConditionExpression: 'attribute_not_exists(epoch) OR epoch < :e',
        ExpressionAttributeValues: { ':e': { N: epoch } },
      });
    await raise('9');
    await raise('10');
    await expect(raise('10')).rejects.toThrow('The conditional request failed');
    await expect(raise('9')).rejects.toThrow('The conditional request failed');
    expect(await get()).toMatchObject({ epoch: { N: '10' } });
  });

  test('is deleted, and gives what it was when asked', async () => {
    const { put, get, call, key } = await tableWorld();
    await put({ amount: { N: '3' } });
    const remove = () => call('DeleteItem', { TableName: 'orders', Key: key(), ReturnValues: 'ALL_OLD' });
    expect(await remove()).toMatchObject({ Attributes: { amount: { N: '3' } } });
    expect(await remove()).toEqual({});
    expect(await get()).toBeUndefined();
  });

  test.each([
    ['without its sort key', { Item: { customer: { S: 'a' } } }, 'Missing the key number in the item'],
    [
      'with a key of another type',
      { Item: { customer: { S: 'a' }, number: { S: '1' } } },
      'Type mismatch for key number expected: N actual: S',
    ],
    ['with an empty key', { Item: { customer: { S: '' }, number: { N: '1' } } }, 'cannot contain an empty string value. Key: customer'],
    [
      'with an index key of another type',
      { Item: { customer: { S: 'a' }, number: { N: '1' }, state: { N: '1' } } },
      'Index Key state Expected: S Actual: N IndexName: byState',
    ],
    [
      'larger than 400 KB',
      { Item: { customer: { S: 'a' }, number: { N: '1' }, note: { S: 'x'.repeat(400 * 1024) } } },
      'Item size has exceeded',
    ],
    ['with an empty set', { Item: { customer: { S: 'a' }, number: { N: '1' }, tags: { SS: [] } } }, 'An string set  may not be empty'],
    ['with one member twice', { Item: { customer: { S: 'a' }, number: { N: '1' }, tags: { NS: ['1', '1.0'] } } }, 'contains duplicates'],
    ['with no value', { Item: { customer: { S: 'a' }, number: { N: '1' }, x: {} } }, 'Supplied AttributeValue is empty'],
    ['with a number that is none', { Item: { customer: { S: 'a' }, number: { N: 'one' } } }, 'cannot be converted to a numeric value: one'],
    ['into a table that is not there', { TableName: 'other', Item: {} }, 'Requested resource not found'],
    [
      'with ReturnValues it has not',
      { Item: { customer: { S: 'a' }, number: { N: '1' } }, ReturnValues: 'ALL_NEW' },
      'ReturnValues can only be ALL_OLD or NONE',
    ],
    ['with a legacy condition', { Item: { customer: { S: 'a' }, number: { N: '1' } }, Expected: { a: { Exists: false } } }, 'NotModelled'],
  ])('is refused %s', async (_what, input, message) => {
    const { call } = await tableWorld();
    await expect(call('PutItem', { TableName: 'orders', ...input })).rejects.toThrow(message);
  });

  test('is asked for by its whole key and nothing else', async () => {
    const { get, key } = await tableWorld();
    const message = 'The provided key element does not match the schema';
    await expect(get({ customer: { S: 'ann' } })).rejects.toThrow(message);
    await expect(get({ ...key(), more: { S: 'x' } })).rejects.toThrow(message);
  });
});

describe('an update', () => {
  test('sets, adds, removes and deletes in one go, every right side reading the item as it was', async () => {
    const { put, update, get } = await tableWorld();
    await put({
      amount: { N: '5' },
      earlier: { N: '1' },
      tags: { SS: ['a', 'b'] },
      goods: { L: [{ S: 'x' }, { S: 'y' }, { S: 'z' }] },
      ancient: { S: 'o' },
    });
    await update(
      'SET earlier = amount, amount = amount + :n, goods[1] = :s, fresh = if_not_exists(fresh, :s) REMOVE ancient, goods[0] ADD seen :n DELETE tags :t',
      {
        ExpressionAttributeValues: { ':n': { N: '2.5' }, ':s': { S: 's' }, ':t': { SS: ['a', 'c'] } },
      },
    );
    expect(await get()).toMatchObject({
      ...{ earlier: { N: '5' }, amount: { N: '7.5' }, fresh: { S: 's' }, seen: { N: '2.5' }, tags: { SS: ['b'] } },
      goods: { L: [{ S: 's' }, { S: 'z' }] },
    });
    expect(await get()).not.toHaveProperty('ancient');
  });

  test('makes the item where there is none, and an emptied set is gone', async () => {
    const { update, get, key } = await tableWorld();
    await update('ADD tags :t', { ExpressionAttributeValues: { ':t': { SS: ['a'] } } });
    await update('DELETE tags :t', { ExpressionAttributeValues: { ':t': { SS: ['a'] } } });
    expect(await get()).toEqual(key());
  });

  test.each([
    ['ALL_OLD', { customer: { S: 'ann' }, number: { N: '1' }, a: { N: '1' }, b: { N: '1' } }],
    ['UPDATED_OLD', { a: { N: '1' } }],
    ['ALL_NEW', { customer: { S: 'ann' }, number: { N: '1' }, a: { N: '2' }, b: { N: '1' } }],
    ['UPDATED_NEW', { a: { N: '2' } }],
    ['NONE', undefined],
  ] as const)('answers with %s', async (ReturnValues, expected) => {
    const { put, update } = await tableWorld();
    await put({ a: { N: '1' }, b: { N: '1' } });
    const { Attributes } = await update('SET a = a + :one', { ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValues });
    expect(Attributes).toEqual(expected);
  });

  test.each([
    ['of a key', 'SET customer = :v', 'Cannot update attribute customer. This attribute is part of the key'],
    [
      'of one path twice',
      'SET a.b = :v REMOVE a',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]',
    ],
    ['with a section twice', 'SET a = :v SET b = :v', 'The "SET" section can only be used once in an update expression;'],
    ['under a missing parent', 'SET a.b = :v', 'The document path provided in the update expression is invalid for update'],
    ['of what is absent', 'SET a = absent, b = :v', 'refers to an attribute that does not exist in the item'],
    ['that adds note to nothing', 'ADD a :v', 'Incorrect operand type for operator or function; operator: ADD, operand type: STRING'],
    ['that adds note to a number', 'SET a = held + :v', 'operator or function: +, operand type: S'],
    ['with a syntax error', 'SET a :v', 'Invalid UpdateExpression: Syntax error; token: ":v", near: "a :v"'],
    ['that is empty', '', 'Invalid UpdateExpression: The expression can not be empty;'],
    ['with a reserved word', 'SET status = :v', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['with an unknown value', 'SET a = :other', 'An expression attribute value used in expression is not defined; attribute value: :other'],
    ['with an unused value', 'REMOVE a', 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}'],
  ])('is refused %s', async (_what, expression, message) => {
    const { put, update, get, key } = await tableWorld();
    await put({ held: { N: '1' } });
    await expect(update(expression, { ExpressionAttributeValues: { ':v': { S: 'v' } } })).rejects.toThrow(message);
    expect(await get()).toEqual({ ...key(), held: { N: '1' } });
  });
});

describe('a condition', () => {
  const item = {
    ...{
      note: { S: 'hello' },
      amount: { N: '10' },
      tags: { SS: ['a', 'b'] },
      parts: { L: [{ N: '1' }, { S: 'x' }] },
      flag: { BOOL: false },
    },
    nest: { M: { deep: { S: 'd' } } },
  };
  const values = {
    ':n': { N: '10.0' },
    ':s': { S: 'he' },
    ':a': { S: 'a' },
    ':one': { N: '1' },
    ':type': { S: 'SS' },
    ':f': { BOOL: false },
  };

  test.each([
    ['amount = :n', true],
    ['amount <> :n', false],
    ['absent <> :n', true],
    ['absent = :n', false],
    ['amount > :s', false],
    ['begins_with(note, :s)', true],
    ['contains(tags, :a) AND contains(parts, :one)', true],
    ['attribute_type(tags, :type)', true],
    ['size(note) > :one AND size(parts) BETWEEN :one AND :n', true],
    ['amount IN (:one, :n)', true],
    ['parts[0] = :one AND attribute_exists(nest.deep)', true],
    ['attribute_exists(parts[2])', false],
    ['NOT flag = :f OR amount = :one AND amount = :n', false],
    ['(amount = :n OR amount = :one) AND NOT amount = :one', true],
    ['amount BETWEEN :one AND :n', true],
  ])('%s is %s', async (condition, expected) => {
    const { put } = await tableWorld();
    await put(item);
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(condition)));
    const again = put(item, {
      ConditionExpression: condition,
      ...(Object.keys(used).length > 0 ? { ExpressionAttributeValues: used } : {}),
    });
    if (expected) await expect(again).resolves.toEqual({});
    else await expect(again).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
  });

  test.each([
    ['begins_with(note, :n)', 'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'],
    ['note < :f', 'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL'],
    ['begins(note, :s)', 'Invalid function name; function: begins'],
    ['amount = :n garbage', 'Syntax error; token: "garbage", near: ":n garbage"'],
    ['amount = amount', 'The first operand must be distinct from the remaining operands'],
    ['#absent = :n', 'An expression attribute name used in the document path is not defined; attribute name: #absent'],
    ['amount ! :n', 'Syntax error; token: "!"'],
    ['attribute_exists(amount', 'Syntax error; token: "<EOF>", near: "amount"'],
  ])('%s is refused', async (condition, message) => {
    const { put } = await tableWorld();
    await expect(put(item, { ConditionExpression: condition, ExpressionAttributeValues: values })).rejects.toThrow(message);
  });
});

describe('numbers', () => {
  const digits = fc.tuple(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.integer({ min: -8, max: 8 }));
  const note = ([whole, exponent]: [bigint, number]): string => `${whole}E${exponent}`;

  test('add and compare as exact decimals do', () => {
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        const sum = addNumbers(note(one), note(other));
        expect(addNumbers(sum, negated(canonicalNumber(note(other))))).toBe(canonicalNumber(note(one)));
        const scaled = ([whole, exponent]: [bigint, number]): bigint => whole * 10n ** BigInt(exponent + 8);
        const order = scaled(one) < scaled(other) ? -1 : scaled(one) > scaled(other) ? 1 : 0;
        expect(compareNumbers(note(one), note(other))).toBe(order);
      }),
    );
  });

  test.each([
    ['-0.00', '0'],
    ['1E-5', '0.00001'],
    ['123456789012345678901234567890.12345678', '123456789012345678901234567890.12345678'],
    ['1e125', `1${'0'.repeat(125)}`],
  ])('%s is kept as %s', (given, kept) => expect(canonicalNumber(given)).toBe(kept));

  test.each([
    ['1'.repeat(39), 'more than 38 significant digits'],
    ['1E126', 'Number overflow'],
    ['1E-131', 'Number underflow'],
  ])('%s does not fit', (given, message) => expect(() => canonicalNumber(given)).toThrow(message));
});
