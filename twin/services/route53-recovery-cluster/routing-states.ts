/**
 * The data plane: what each of a cluster's endpoints answers.
 *
 * 1. All endpoints know one state, and none answers without a quorum of regions; a lost region's does not answer at all.
 * 2. What is asked for together is done together or not at all, and judged by the safety rules as it would be afterwards.
 */
import type * as Cluster from '@aws-sdk/client-route53-recovery-cluster';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { mustAnswer } from './endpoints.js';
import { clusterOf, needControl, notFound, recoveryControl, type RoutingControlRecord } from './records.js';
import { mustBeSafe } from './safety-rules.js';

const invalid = (message: string): AwsError =>
  new AwsError('ValidationException', message, { fields: { reason: 'fieldValidationFailed' } });

const answered = (arn: string | undefined, ctx: Context): RoutingControlRecord => {
  const control = needControl(ctx, need(arn, 'RoutingControlArn'));
  mustAnswer(clusterOf(ctx, control.panelArn), ctx);
  return control;
};

const update = (entries: readonly Cluster.UpdateRoutingControlStateEntry[], overridden: readonly string[], ctx: Context): object => {
  if (entries.length === 0) throw invalid('At least one routing control must be updated');
  const { rules } = ctx.state(recoveryControl);
  for (const arn of overridden) if (!rules.has(arn)) throw notFound('safety rule', arn);
  const changes = new Map<string, 'On' | 'Off'>();
  for (const { RoutingControlArn, RoutingControlState } of entries) {
    const { arn } = answered(RoutingControlArn, ctx);
    if (RoutingControlState !== 'On' && RoutingControlState !== 'Off')
      throw invalid(`A routing control state is On or Off, not ${RoutingControlState}`);
    changes.set(arn, RoutingControlState);
  }
  mustBeSafe(changes, overridden, ctx);
  for (const [arn, state] of changes) {
    const control = needControl(ctx, arn);
    if (control.state !== state) Object.assign(control, { state, changedAt: ctx.now() });
  }
  return {};
};

const described = ({ arn, panelArn, name, state }: RoutingControlRecord, ctx: Context): Cluster.RoutingControl => ({
  ControlPanelArn: panelArn,
  ControlPanelName: ctx.state(recoveryControl).panels.get(panelArn)?.name,
  RoutingControlArn: arn,
  RoutingControlName: name,
  RoutingControlState: state,
  Owner: ctx.account,
});

export const routingStateOperations: Operations<typeof Cluster> = {
  GetRoutingControlState: (input, ctx) => {
    const { arn, name, state } = answered(input.RoutingControlArn, ctx);
    return { RoutingControlArn: arn, RoutingControlName: name, RoutingControlState: state };
  },
  ListRoutingControls: (input, ctx) => {
    accept('ListRoutingControls', input, ['ControlPanelArn', 'MaxResults', 'NextToken']);
    const { controls, panels } = ctx.state(recoveryControl);
    const asked = input.ControlPanelArn;
    if (asked !== undefined && !panels.has(asked)) throw notFound('control panel', asked);
    const all = [...controls.values()].filter(({ panelArn }) => asked === undefined || panelArn === asked);
    for (const cluster of new Set(all.map(({ panelArn }) => clusterOf(ctx, panelArn)))) mustAnswer(cluster, ctx);
    const { items, next } = page(all, { token: input.NextToken, most: input.MaxResults ?? 1000 }, () => invalid('Invalid NextToken'));
    return { RoutingControls: items.map((control) => described(control, ctx)), NextToken: next };
  },
  UpdateRoutingControlState: (input, ctx) => update([input], input.SafetyRulesToOverride ?? [], ctx),
  UpdateRoutingControlStates: (input, ctx) => update(input.UpdateRoutingControlStateEntries ?? [], input.SafetyRulesToOverride ?? [], ctx),
};
