import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { consumed } from './consumed.js';
import { validation } from './errors.js';
import { project } from './expressions/projection.js';
import { readExpressions } from './expressions/read-expressions.js';
import { checkedKey, keyText } from './keys.js';
import { readyTable } from './records.js';
import type { Item } from './values.js';
import { carryOut, conditionMembers, prepareDelete, preparePut, prepareUpdate, type Decided, type Write } from './writes.js';

const checkReturnValues = (asked: DynamoDB.ReturnValue | undefined): void => {
  if (asked === undefined || asked === 'NONE' || asked === 'ALL_OLD') return;
  throw validation('ReturnValues can only be ALL_OLD or NONE');
};

const old = (asked: DynamoDB.ReturnValue | undefined, { before }: Decided): { Attributes?: Item } =>
  asked === 'ALL_OLD' && before ? { Attributes: before } : {};

/** UPDATED_* give what stands at the paths of the update, and nothing where nothing does. */
const updated = (asked: DynamoDB.ReturnValue | undefined, { before, after }: Decided, { paths }: Write): { Attributes?: Item } => {
  const whole = { ALL_OLD: before, UPDATED_OLD: before, ALL_NEW: after, UPDATED_NEW: after, NONE: undefined }[asked ?? 'NONE'];
  if (!whole) return {};
  if (asked?.startsWith('ALL')) return { Attributes: whole };
  const part = project(whole, paths);
  return Object.keys(part).length > 0 ? { Attributes: part } : {};
};

export const itemOperations = {
  PutItem: (input, ctx) => {
    accept('dynamodb.PutItem', input, ['Item', 'ReturnValues', 'ReturnConsumedCapacity', ...conditionMembers]);
    checkReturnValues(input.ReturnValues);
    const write = preparePut(input, ctx);
    const decided = carryOut(write);
    return { ...old(input.ReturnValues, decided), ...consumed.write(input, write.table, decided) };
  },
  DeleteItem: (input, ctx) => {
    accept('dynamodb.DeleteItem', input, ['Key', 'ReturnValues', 'ReturnConsumedCapacity', ...conditionMembers]);
    checkReturnValues(input.ReturnValues);
    const write = prepareDelete(input, ctx);
    const decided = carryOut(write);
    return { ...old(input.ReturnValues, decided), ...consumed.write(input, write.table, decided) };
  },
  UpdateItem: (input, ctx) => {
    accept('dynamodb.UpdateItem', input, ['Key', 'UpdateExpression', 'ReturnValues', 'ReturnConsumedCapacity', ...conditionMembers]);
    const write = prepareUpdate(input, ctx);
    const decided = carryOut(write);
    return { ...updated(input.ReturnValues, decided, write), ...consumed.write(input, write.table, decided) };
  },
  GetItem: (input, ctx) => {
    accept('dynamodb.GetItem', input, [
      ...(['TableName', 'Key', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'ReturnConsumedCapacity'] as const),
    ]);
    const table = readyTable(ctx, input.TableName);
    const { projection } = readExpressions(input);
    const item = table.items.get(keyText(table.key, checkedKey(table, input.Key)));
    const capacity = consumed.read(input, table, item ? [item] : []);
    return item ? { Item: projection ? project(item, projection) : item, ...capacity } : capacity;
  },
} satisfies Operations<typeof DynamoDB>;
