import { describe, expect, it, test } from '@jest/globals';
import { checkResourcePolicy, policyAllows } from '../../../twin/services/resource-policy.js';
import { AwsError } from '../../../twin/wire/aws-error.js';

const resourceArn = 'arn:aws:sqs:eu-west-1:111122223333:alerts';
const topic = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const service = { name: 'sns.amazonaws.com', keys: { 'aws:SourceArn': topic } };
const allow = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: resourceArn };
const allows = (...Statement: object[]): boolean =>
  policyAllows(JSON.stringify({ Version: '2012-10-17', Statement }), { service, action: 'sqs:SendMessage', resourceArn });

test('without a policy, or a statement about it, nothing is allowed', () => {
  expect(policyAllows(undefined, { service, action: 'sqs:SendMessage', resourceArn })).toBe(false);
  expect(allows()).toBe(false);
  expect(allows(allow)).toBe(true);
});

test.each<[string, object, boolean]>([
  ['another service', { Principal: { Service: 'events.amazonaws.com' } }, false],
  ['one service of several', { Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] } }, true],
  ['everybody', { Principal: '*' }, true],
  ['every account, services included', { Principal: { AWS: '*' } }, true],
  ['one account', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
  ['another action', { Action: 'sqs:ReceiveMessage' }, false],
  ['the action in another case, by wildcard', { Action: ['SQS:Send*'] }, true],
  ['another resource', { Resource: `${resourceArn}-other` }, false],
  ['resources by wildcard', { Resource: 'arn:aws:sqs:*:111122223333:*' }, true],
])('a statement about %s', (_what, changes, expected) => {
  expect(allows({ ...allow, ...changes })).toBe(expected);
});

test.each<[object, boolean]>([
  [{ ArnEquals: { 'aws:SourceArn': topic } }, true],
  [{ ArnLike: { 'AWS:SourceArn': 'arn:aws:sns:*:111122223333:al?rts' } }, true],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:444455556666:*' } }, false],
  [{ StringEquals: { 'aws:SourceArn': ['other', topic] } }, true],
  [{ StringNotEquals: { 'aws:SourceArn': topic } }, false],
  [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }, false],
  [{ StringEqualsIfExists: { 'aws:SourceAccount': '444455556666' } }, true],
  [{ StringNotEquals: { 'aws:SourceAccount': '111122223333' } }, true],
  [{ ArnEquals: { 'aws:SourceArn': topic }, Bool: { 'aws:SecureTransport': 'true' } }, true],
  [{ ArnEquals: { 'aws:SourceArn': topic }, Bool: { 'aws:SecureTransport': false } }, false],
])('the condition %j holds: %s', (Condition, expected) => {
  expect(allows({ ...allow, Condition })).toBe(expected);
});

test('a denial wins over whatever is allowed', () => {
  expect(allows(allow, { ...allow, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe(true);
  expect(allows(allow, { ...allow, Effect: 'Deny' })).toBe(false);
});

describe('a policy that is set', () => {
  const check = (policy: string) => checkResourcePolicy(policy, 'sqs', (why) => new AwsError('Malformed', why));
  it.each([
    ['{', 'not valid JSON'],
    [JSON.stringify({ Statement: { ...allow, Effect: 'Maybe' } }), 'without Effect'],
    [JSON.stringify({ Statement: [{ ...allow, Action: 'sns:Publish' }] }), 'out of service scope'],
    [JSON.stringify({ Statement: [{ ...allow, Principal: undefined }] }), 'without Principal'],
  ])('has to be one: %s', (policy, why) => {
    expect(() => check(policy)).toThrow(why);
  });

  it.each([{ NotAction: 'sqs:SendMessage' }, { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.1' } } }])(
    'may ask only for what is evaluated: %j',
    (changes) => {
      expect(() => check(JSON.stringify({ Statement: [{ ...allow, ...changes }] }))).toThrow(/NotModelled.*(NotAction|IpAddress)/);
      expect(() => check(JSON.stringify({ Statement: [allow] }))).not.toThrow();
    },
  );
});
