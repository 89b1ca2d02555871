import type { JudgedStack } from '../judged.js';
import { texts, type PlacedResource, type Trail } from '../walk.js';

/** An ARN written out in a template, as far as it is. */
export interface WrittenArn {
  readonly placed: PlacedResource;
  readonly trail: Trail;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

/** Every ARN with a region or an account of its own that is written out in a stack's resources. */
export const writtenArns = (stack: JudgedStack): WrittenArn[] =>
  [...texts(stack)].flatMap(({ text, trail, ...placed }) =>
    [...text.matchAll(/\barn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):(\d{12}|aws|):[^\s"',]*/g)].map(([arn, region = '', account = '']) => ({
      placed,
      trail,
      arn,
      region,
      account,
    })),
  );
