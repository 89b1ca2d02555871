import type { Settings } from '../../lib/contract/settings.js';
import { RecoveryError } from '../model/recovery-error.js';
import { inWords } from '../model/time.js';
import type { Composed } from './compose.js';
import type { ScenarioFault } from './scenarios/scenario.js';

/** Into the running twin, as `altsite twin fault` does; what happens later the twin remembers. */
export const injectFault = async (world: Composed, fault: ScenarioFault, settings: Settings): Promise<string> => {
  const region = regionOf(fault, settings);
  const { name, afterSeconds: inSeconds, forSeconds, with: given } = fault;
  const response = await fetch(`${world.twin?.url ?? ''}/_twin/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, region, inSeconds, forSeconds, with: given }),
  });
  if (!response.ok)
    throw new RecoveryError(
      'rejected',
      'no-fault',
      `the twin refused the fault ${name} of this scenario: ${await response.text()}; altsite twin fault --help says what it takes`,
    );
  const when = inSeconds === undefined ? `at ${world.clock.now()}` : `${inWords(inSeconds)} later`;
  return `fault  ${name} in ${region} ${when}${forSeconds === undefined ? '' : `, for ${inWords(forSeconds)}`}`;
};

const regionOf = ({ where }: ScenarioFault, { sites }: Settings): string => (where === 'us-east-1' ? where : sites[where].region);
