import { describe, expect, it } from '@jest/globals';
import { usEast1Needed as lint } from '../../../../recovery/planning/lint/us-east-1-needed.js';
import { cutOver, findsNothingInAmbassify, found, gate, step } from '../../../helpers/linted.js';

describe('work that calls a control plane of us-east-1', () => {
  findsNothingInAmbassify(lint);

  it('is named with its actions', () => {
    const change = { ...step('change-record'), iam: ['route53:ChangeResourceRecordSets', 'ecs:UpdateService'] };
    expect(found(lint, [change])).toEqual([
      {
        tasks: ['change-record'],
        message:
          'change-record needs us-east-1 (route53:ChangeResourceRecordSets); have this made beforehand, or put it after the proof of the cut-over',
      },
    ]);
  });

  it.each(['iam:CreateRole', 'cloudfront:UpdateDistribution', 'organizations:ListAccounts', 's3:CreateBucket', 's3:PutBucketPolicy'])(
    'calls %s',
    (action) => expect(found(lint, [{ ...step('a'), iam: [action] }])).toHaveLength(1),
  );

  it.each(['iam:PassRole', 's3:PutObject', 'route53-recovery-cluster:UpdateRoutingControlState', 'sts:AssumeRole'])(
    'does not call it for %s',
    (action) => expect(found(lint, [{ ...step('a'), iam: [action] }])).toEqual([]),
  );

  it('may be done once customers are served', () => {
    const tidy = { ...step('tidy', 'proof'), iam: ['route53:ChangeResourceRecordSets'] };
    expect(found(lint, [gate('test'), cutOver('move', 'test'), gate('proof', 'move'), tidy])).toEqual([]);
  });
});
