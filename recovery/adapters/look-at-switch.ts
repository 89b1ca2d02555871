import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { GlobalOutputs } from '../../lib/contract/outputs.js';
import type { Holds } from '../model/evidence.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';

/** IAM actions that `lookAtSwitch` needs: without the right to list, what is absent is forbidden. */
export const lookAtSwitchIam = ['s3:GetObject', 's3:ListBucket'];

/** Whether the object that moves traffic could be written now: its bucket answers, and nobody has written it yet. */
export const lookAtSwitch = async (aws: Aws, global: GlobalOutputs): Promise<{ readonly holds: Holds; readonly observed: string }> => {
  const { switchRegion, switchBucket, switchKey } = global;
  const place = `s3://${switchBucket}/${switchKey} in ${switchRegion}`;
  try {
    const { Body } = await aws.s3(switchRegion).send(new GetObjectCommand({ Bucket: switchBucket, Key: switchKey }));
    const text = (await Body?.transformToString()) ?? '';
    return { holds: false, observed: `${place} is there already: traffic was moved (${text.slice(0, 120)})` };
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    if (error.code === 'NoSuchKey') return { holds: true, observed: `${place} can be asked, and is not thrown` };
    return { holds: error.code === 'NoSuchBucket' ? false : 'unknown', observed: `${place}: ${error.message}` };
  }
};
