import type { Plan } from '../model/plan.js';
import type { RunReport } from './run-report.js';

/** What this run says nothing about, or tried to prove and could not; never empty. */
export const notProven = (plan: Plan, report: Omit<RunReport, 'notProven'>): readonly string[] => {
  const { switchBucket, switchKey, webName, routingControls } = plan.targets.global;
  const open = [
    'alerting: that a person reads what an alarm sends was not tried',
    routingControls
      ? `the switch: whoever may change routing controls of ${plan.from.name} and ${plan.to.name}, or override their safety rule, could send ${webName} back`
      : `the switch: losing the object ${switchBucket}/${switchKey} or its region's S3 after cut-over would send ${webName} back to ${plan.from.name}; keep it until reconstitution`,
    'caches that nobody asked (other resolvers, browsers, runtimes) may keep the old answer longer than its TTL',
  ];
  for (const { server, addresses, secondsPastTtl } of report.dns?.overHolding ?? [])
    open.push(
      `DNS: resolver ${server} still answered the old address ${addresses.join(', ')} at least ${secondsPastTtl} s after its TTL; customers behind it reach ${plan.from.name}, which cannot write`,
    );
  if (plan.world === 'twin')
    open.push(
      'this was a rehearsal against the twin: all times are its clock, durations are its named assumptions',
      'IAM policies, service quotas and capacity of the alternate region: the twin does not enforce them',
    );
  if (!plan.assembly)
    open.push(`what stands in ${plan.to.name} was held against no tested assembly: none is published (altsite publish --tested)`);
  if (!report.calls) open.push('calls to the lost region and to us-east-1 were not counted by anyone but us');
  if (!report.rows) open.push('which rows were lost: nobody compared a ledger of acknowledged writes with what was recovered');
  else if (report.rows.unexplained.length)
    open.push(
      `data: the recovery point does not account for ${report.rows.unexplained.length} rows: ${report.rows.unexplained.slice(0, 10).join(', ')}`,
    );
  if (report.rpo.seconds !== null && report.rpo.seconds < 0)
    open.push('data: the recovery point was taken after the disruption began; whether what it holds is sound was not looked at');
  for (const { task, does, because } of plan.leftOut)
    if (does === 'gate') open.push(`${task}: this gate was left out of the plan, and nothing it asks was asked: ${because}`);
  for (const { task, claim, holds, observed, waived } of report.gates) {
    const until = waived ? `; waived by ${waived.by} until ${waived.expiresAt ?? '?'}: ${waived.reason}` : '';
    if (holds === 'unknown' || holds === false) open.push(`${task}: ${claim} (${holds === false ? 'no' : 'unknown'}: ${observed}${until})`);
  }
  for (const { id, state } of report.tasks) {
    const why = report.decisions.findLast(({ task, decision }) => task === id && decision === 'skip');
    if (state === 'skipped') open.push(`${id}: skipped${why ? ` by ${why.by}: ${why.reason}` : ''}; its work was not done`);
    if (state === 'waived' && !report.gates.some(({ task }) => task === id))
      open.push(`${id}: waived without an answer to any of its claims`);
  }
  const unfinished = report.tasks.filter(({ state }) => !['verified', 'acknowledged', 'skipped', 'waived'].includes(state));
  if (unfinished.length) open.push(`not finished: ${unfinished.map(({ id, state }) => `${id} (${state})`).join(', ')}`);
  if (report.left.length) open.push(`disposal: the undone run leaves ${report.left.join(', ')}; nothing that holds data was deleted`);
  return open;
};
