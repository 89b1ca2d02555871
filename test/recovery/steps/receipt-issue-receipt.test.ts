import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../recovery/checks/index.js';
import type { Step } from '../../../recovery/kit/define-step.js';
import type { Evidence } from '../../../recovery/model/evidence.js';
import { receiptSchema, type Waiver } from '../../../recovery/model/receipt.js';
import { instant, later } from '../../../recovery/model/time.js';
import { receiptIssueReceipt } from '../../../recovery/steps/receipt-issue-receipt.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { serviceStackStands } from '../../../recovery/simulation/standing/stack.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const recoveryPointArn = 'arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:copyjob-1';
/** What the gates before a receipt answered, all of them yes. */
const answers: readonly Evidence[] = checks
  .filter(({ uses }) => uses !== 'dns.answers-from-site')
  .map(({ uses, claim }) => ({ check: uses, claim, holds: true, expected: 'so', observed: 'so', at: '', source: 'test' }));

const deployed = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await serviceStackStands(world);
  return world;
};
const after = (gates: readonly Evidence[], waivers: readonly Waiver[] = []): Step => ({
  ...receiptIssueReceipt,
  start: (input, ctx) => receiptIssueReceipt.start(input, { ...ctx, gates, waivers }),
  poll: (handle, input, ctx) => receiptIssueReceipt.poll(handle, input, { ...ctx, gates, waivers }),
});
const issued = async (gates: readonly Evidence[] = answers, waivers: readonly Waiver[] = []) => {
  const world = await deployed();
  const { output } = await carryOut(after(gates, waivers), { recoveryPointArn }, world);
  return { world, receipt: receiptSchema.parse((output as { receipt: unknown }).receipt) };
};

stepSuite(after(answers), { world: deployed, input: () => ({ recoveryPointArn }), observe: () => null });

it('says which run, which site, which data and which gates, and is good for two hours', async () => {
  const { world, receipt } = await issued();
  expect(receipt).toMatchObject({
    run: 'run-1',
    site: 'frankfurt',
    region: 'eu-central-1',
    recoveryPointArn,
    issuedAt: instant(world.now()),
  });
  expect(receipt.expiresAt).toBe(later(receipt.issuedAt, 7200));
  expect(receipt.gates).toEqual(answers.map(({ check }) => check).sort());
});

it('names the suite by what was asked, in whatever order it was asked', async () => {
  const { receipt } = await issued();
  expect((await issued([...answers].reverse())).receipt.suiteHash).toBe(receipt.suiteHash);
  const more = { ...answers[0]!, claim: 'something else holds too' };
  expect((await issued([...answers, more])).receipt.suiteHash).not.toBe(receipt.suiteHash);
});

it.each<[string, Evidence['holds']]>([
  ['does not hold', false],
  ['is unknown', 'unknown'],
])('is not issued when a gate %s', async (_what, holds) => {
  const [first, ...others] = answers;
  await expect(issued([{ ...first!, holds }, ...others])).rejects.toMatchObject({ kind: 'rejected', code: 'gates-missing' });
});

describe('with a gate that the authority let pass', () => {
  const check = 'alerting.reaches-queue';
  const waiver: Waiver = {
    task: 'test-alerting',
    checks: [check],
    by: 'cto',
    reason: 'pager down',
    at: '2030-01-01T02:00:00.000Z',
    expiresAt: '2030-01-01T06:00:00.000Z',
  };
  const failing = answers.map((one) => (one.check === check ? { ...one, holds: false } : one));

  it('names it, by whom and until when, and not among those that hold', async () => {
    const { receipt } = await issued(failing, [waiver]);
    expect(receipt.waived).toEqual([waiver]);
    expect(receipt.gates).not.toContain(check);
  });

  it('lets nothing else pass with it', async () => {
    const another = failing.map((one) => (one.check === 'database.is-private' ? { ...one, holds: 'unknown' as const } : one));
    await expect(issued(another, [waiver])).rejects.toMatchObject({
      code: 'gates-missing',
      message: expect.stringMatching(/not held: database\.is-private \(unknown\)$/) as unknown,
    });
  });
});

/** Asked of a site that stands by. */
const beforehand = ['site.stands-ready', 'backup.copy-is-fresh', 'stacks.are-protected'];

it.each(answers.map(({ check }) => check).filter((check) => !beforehand.includes(check)))(
  'is not issued when nobody asked %s',
  async (check) => {
    await expect(issued(answers.filter((one) => one.check !== check))).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(check) as unknown,
    });
  },
);

it('does not verify once the stack has become another', async () => {
  const { world, receipt } = await issued();
  await world.call('cloudformation', 'UpdateStack', {
    StackName: world.targets.site.serviceStack,
    TemplateBody: JSON.stringify({
      Resources: { Service: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/service', Type: 'String', Value: 'x' } } },
    }),
  });
  const [evidence] = await receiptIssueReceipt.verify({ receipt }, { recoveryPointArn }, world.context());
  expect(evidence?.holds).toBe(false);
});
