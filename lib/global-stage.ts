import type { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from './contract/settings.js';
import { TrafficStack } from './stacks/traffic-stack.js';
import { WitnessStack } from './stacks/witness-stack.js';
import { ZoneStack } from './stacks/zone-stack.js';

/**
 * What belongs to no site; nothing of it in the primary's region. Deployed last, except its zone, which every site's
 * deployment brings along: that is why stages here are groups of stacks and not `cdk.Stage`s (docs/decisions/0001).
 */
export class GlobalStage extends Construct {
  readonly zone: Stack;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id);
    const zone = new ZoneStack(this, 'Zone', { settings });
    this.zone = zone;
    new WitnessStack(this, 'Witness', { settings });
    new TrafficStack(this, 'Traffic', { settings, zone: zone.zone });
  }
}
