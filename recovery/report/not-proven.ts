import type { Plan } from '../model/plan.js';
import type { RunReport } from './run-report.js';

/** What this run says nothing about, or tried to prove and could not; never empty. */
export const notProven = (plan: Plan, report: Omit<RunReport, 'notProven'>): readonly string[] => {
  const open = [
    'alerting: an alarm changed state; that it reaches a human was not tried',
    `the switch: losing the object ${plan.targets.global.switchBucket}/${plan.targets.global.switchKey} or its region's S3 after cut-over would send ${plan.targets.global.webName} back to ${plan.from.name}; keep it until reconstitution`,
    'resolvers that keep an answer longer than its TTL were not asked',
  ];
  if (plan.world === 'twin')
    open.push(
      'this was a rehearsal against the twin: all times are its clock, durations are its named assumptions',
      'IAM policies, service quotas and capacity of the alternate region: the twin does not enforce them',
    );
  if (!report.calls) open.push('calls to the lost region and to us-east-1 were not counted by anyone but us');
  if (!report.rows) open.push('which rows were lost: nobody compared a ledger of acknowledged writes with what was recovered');
  for (const { task, claim, holds, observed } of report.gates)
    if (holds === 'unknown' || holds === false) open.push(`${task}: ${claim} (${holds === false ? 'no' : 'unknown'}: ${observed})`);
  const undone = report.tasks.filter(({ state }) => !['verified', 'acknowledged'].includes(state));
  if (undone.length) open.push(`not finished: ${undone.map(({ id, state }) => `${id} (${state})`).join(', ')}`);
  return open;
};
