import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import { RegionLost } from '../../dispatcher.js';

/** Handler error codes of the CloudFormation CLI's contract, told from the service's own code. */
const handlerCodes: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExist|Duplicate|EntityAlready|Conflict|InUse/i, 'AlreadyExists'],
  [/NotFound|NoSuch|NotExist/i, 'NotFound'],
  [/LimitExceeded|Quota|TooMany/i, 'ServiceLimitExceeded'],
  [/AccessDenied|Unauthorized/i, 'AccessDenied'],
  [/Throttl/i, 'Throttling'],
  [/NotModelled/, 'UnsupportedAction'],
];

/** Why a resource failed, as stack events put it. */
export const failureReason = (error: unknown, ctx: Context): string => {
  const handled = (message: string, code: string): string =>
    `Resource handler returned message: "${message}" (RequestToken: ${freshUuid(ctx, 'cloudformation.request')}, HandlerErrorCode: ${code})`;
  if (error instanceof RegionLost) return handled(`Unable to reach the service in ${error.region}`, 'NetworkFailure');
  // What the template language itself refuses is not a resource handler's word.
  if (error instanceof AwsError && error.code === 'ValidationError') return error.message;
  if (error instanceof AwsError)
    return handled(error.message, handlerCodes.find(([code]) => code.test(error.code))?.[1] ?? 'InvalidRequest');
  return handled(`Internal Failure: ${error instanceof Error ? error.message : String(error)}`, 'InternalFailure');
};

/** Whether a deletion failed because there is nothing to delete, which is as good as done. */
export const isAlreadyGone = (error: unknown): boolean => error instanceof AwsError && /NotFound|NoSuch|NotExist/i.test(error.code);
