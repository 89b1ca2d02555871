import type { Construct } from 'constructs';
import { WitnessBucket } from '../constructs/witness-bucket.js';
import { witnessBucket } from '../contract/names.js';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

/** The fence's witness, in a region of its own. */
export class WitnessStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id, { settings, region: settings.witnessRegion, description: 'Witness of the fence', holdsData: true });
    new WitnessBucket(this, 'Witness', { bucketName: witnessBucket(settings) });
  }
}
