import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { systemClock } from '../adapters/system-clock.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later } from '../model/time.js';
import type { Aws } from '../ports/aws.js';

type Client = ReturnType<Aws['cloudformation']>;

/** What of the stack is not as its template says. */
export const driftOf = async (client: Client, StackName: string): Promise<string[]> => {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
  for (;;) {
    const found = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    const { DetectionStatus, DetectionStatusReason, StackDriftStatus } = found;
    if (DetectionStatus === 'DETECTION_FAILED')
      throw new RecoveryError(
        'unverified',
        'drift-unknown',
        `whether ${StackName} has drifted could not be told: ${DetectionStatusReason}`,
      );
    if (DetectionStatus === 'DETECTION_COMPLETE' && StackDriftStatus === 'IN_SYNC') return [];
    if (DetectionStatus === 'DETECTION_COMPLETE') break;
    await systemClock.sleepUntil(later(systemClock.now(), 2));
  }
  const { StackResourceDrifts = [] } = await client.send(new DescribeStackResourceDriftsCommand({ StackName }));
  return StackResourceDrifts.filter(({ StackResourceDriftStatus }) => StackResourceDriftStatus !== 'IN_SYNC').flatMap(
    ({ LogicalResourceId, StackResourceDriftStatus, PropertyDifferences = [] }) =>
      PropertyDifferences.length > 0
        ? PropertyDifferences.map(
            ({ PropertyPath, ExpectedValue, ActualValue }) => `${LogicalResourceId}${PropertyPath}: ${ExpectedValue} -> ${ActualValue}`,
          )
        : [`${LogicalResourceId} is ${StackResourceDriftStatus}`],
  );
};
