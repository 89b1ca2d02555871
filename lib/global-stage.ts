import type { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from './contract/settings.js';
import { DomainValidationStack } from './stacks/domain-validation-stack.js';
import { RoutingControlsStack } from './stacks/routing-controls-stack.js';
import { TrafficStack } from './stacks/traffic-stack.js';
import { WitnessStack } from './stacks/witness-stack.js';
import { ZoneStack } from './stacks/zone-stack.js';

/**
 * What belongs to no site; nothing of it in the primary's region. Deployed last, except its zone and what proves it to
 * ACM, which every site's deployment brings along: that is why stages here are groups of stacks and not `cdk.Stage`s (docs/decisions/0001).
 */
export class GlobalStage extends Construct {
  /** What every site needs before it can be deployed: the zone, and the proof that its names are ours. */
  readonly domain: readonly Stack[];

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id);
    const zone = new ZoneStack(this, 'Zone', { settings });
    this.domain = [zone, new DomainValidationStack(this, 'DomainValidation', { settings, zone: zone.zone })];
    new WitnessStack(this, 'Witness', { settings });
    if (settings.routingControls) new RoutingControlsStack(this, 'RoutingControls', { settings });
    new TrafficStack(this, 'Traffic', { settings, zone: zone.zone });
  }
}
