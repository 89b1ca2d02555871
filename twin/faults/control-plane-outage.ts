import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn } from './bites.js';
import type { Fault } from './fault.js';
import { optionalService } from './parameters.js';

/**
 * A region's control planes fail and its data planes go on (AWS Fault Isolation Boundaries, "Control planes and data planes"): in us-east-1
 * these are IAM's and Route 53's as well. What services ask of each other fails too.
 */
export const controlPlaneOutage: Fault = {
  name: 'control-plane-outage',
  description:
    'the control planes of one region answer 503, those of global services too if it is us-east-1; data planes and DNS answers go on',
  parameters: { service: 'only this one, as in its SDK package: iam, route-53 (default: all whose control plane is in the region)' },
  inject: (_world, target) => {
    const service = optionalService(target);
    return {
      call: (call) => {
        if (call.plane === 'data' || !isAnsweredIn(target.region, service, call)) return;
        throw new AwsError('ServiceUnavailable', 'The request has failed due to a temporary failure of the server.', {
          status: 503,
          fault: 'server',
        });
      },
    };
  },
};
