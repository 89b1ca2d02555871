/** All or nothing over up to a hundred items (developer guide, "Managing complex workflows with DynamoDB transactions"). */
import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { validation } from './errors.js';
import { project } from './expressions/projection.js';
import { readExpressions } from './expressions/read-expressions.js';
import { checkedKey, keyText } from './keys.js';
import { dynamodbRecords, readyTable } from './records.js';
import {
  commit,
  conditionMembers,
  decide,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
  type Decided,
  type Write,
} from './writes.js';

const mostItems = 100;
/** A client token answers a repeated request for ten minutes (API reference, `ClientRequestToken`). */
const tokenMinutes = 10;

const prepare = (item: DynamoDB.TransactWriteItem, ctx: Context): Write => {
  const { Put, Update, Delete, ConditionCheck } = item;
  if ([Put, Update, Delete, ConditionCheck].filter((each) => each).length !== 1) {
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  if (Put) {
    accept('dynamodb.TransactWriteItems Put', Put, ['Item', ...conditionMembers]);
    return preparePut(Put, ctx);
  }
  if (Update) {
    accept('dynamodb.TransactWriteItems Update', Update, ['Key', 'UpdateExpression', ...conditionMembers]);
    return prepareUpdate(Update, ctx);
  }
  if (ConditionCheck) return prepareCheck(ConditionCheck, ctx);
  accept('dynamodb.TransactWriteItems Delete', Delete!, ['Key', ...conditionMembers]);
  return prepareDelete(Delete!, ctx);
};

const reasonCodes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

type Outcome = { decided: Decided } | { reason: DynamoDB.CancellationReason };
const outcomeOf = (write: Write): Outcome => {
  try {
    return { decided: decide(write) };
  } catch (error) {
    const Code = error instanceof AwsError ? reasonCodes[error.code] : undefined;
    if (Code === undefined) throw error;
    return { reason: { Code, Message: (error as AwsError).message, ...(error as AwsError).options.fields } };
  }
};

const cancelled = (outcomes: readonly Outcome[]): AwsError => {
  const reasons = outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : { Code: 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { status: 400, fields: { CancellationReasons: reasons } },
  );
};

/** True when this very request was carried out already. @throws AwsError IdempotentParameterMismatchException */
const wasDone = (token: string | undefined, request: string, ctx: Context): boolean => {
  const { transactions } = ctx.state(dynamodbRecords);
  const known = token === undefined ? undefined : transactions.get(token);
  if (!known || ctx.now() - known.at > tokenMinutes * 60_000) return false;
  if (known.request === request) return true;
  throw new AwsError(
    'IdempotentParameterMismatchException',
    'Request rejected because it has the same client token as a previous request but different parameters',
    { status: 400 },
  );
};

const checkCount = (items: readonly unknown[] | undefined): void => {
  const count = items?.length ?? 0;
  if (count >= 1 && count <= mostItems) return;
  const bound = count === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostItems}`;
  throw validation(`1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`);
};
const checkDistinct = (items: readonly { table: { name: string }; key: string }[]): void => {
  if (new Set(items.map(({ table, key }) => `${table.name} ${key}`)).size === items.length) return;
  throw validation('Transaction request cannot include multiple operations on one item');
};

export const transactionOperations = {
  TransactWriteItems: (input, ctx) => {
    accept('dynamodb.TransactWriteItems', input, ['TransactItems', 'ClientRequestToken']);
    checkCount(input.TransactItems);
    const writes = input.TransactItems!.map((item) => prepare(item, ctx));
    checkDistinct(writes);
    const request = JSON.stringify(input.TransactItems);
    if (wasDone(input.ClientRequestToken, request, ctx)) return {};
    const outcomes = writes.map(outcomeOf);
    if (outcomes.some((outcome) => 'reason' in outcome)) throw cancelled(outcomes);
    outcomes.forEach((outcome, at) => commit(writes[at]!, (outcome as { decided: Decided }).decided));
    if (input.ClientRequestToken !== undefined) {
      ctx.state(dynamodbRecords).transactions.set(input.ClientRequestToken, { request, at: ctx.now() });
    }
    return {};
  },
  TransactGetItems: (input, ctx) => {
    accept('dynamodb.TransactGetItems', input, ['TransactItems']);
    checkCount(input.TransactItems);
    const gets = input.TransactItems!.map(({ Get }) => {
      accept('dynamodb.TransactGetItems Get', Get!, ['Key', 'TableName', 'ProjectionExpression', 'ExpressionAttributeNames']);
      const table = readyTable(ctx, Get!.TableName);
      return { table, key: keyText(table.key, checkedKey(table, Get!.Key)), projection: readExpressions(Get!).projection };
    });
    checkDistinct(gets);
    return {
      Responses: gets.map(({ table, key, projection }) => {
        const item = table.items.get(key);
        return item ? { Item: projection ? project(item, projection) : item } : {};
      }),
    };
  },
} satisfies Operations<typeof DynamoDB>;
