/**
 * The switch as one object, which the failover pair's inverted health check watches. Where routing controls move traffic, the same object is
 * the note of who moved it.
 */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { RecoveryError } from '../model/recovery-error.js';
import { parseJson } from './parse-json.js';
import { moveSchema, type Move, type Standing, type SwitchPlace, type TrafficSwitch } from './traffic-switch.js';

export const objectSwitch = (place: SwitchPlace): TrafficSwitch => ({
  source: sourceOf(place),
  look: () => readMove(place),
  move: (move, over) => writeMove(place, move, over),
  couldMove: async () => {
    const source = sourceOf(place);
    try {
      const { etag, text } = await read(place);
      return etag === undefined
        ? { holds: true, observed: `${source} can be asked, and is not thrown` }
        : { holds: false, observed: `${source} is there already: traffic was moved (${text.slice(0, 120)})` };
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      return { holds: error.code === 'NoSuchBucket' ? false : 'unknown', observed: `${source}: ${error.message}` };
    }
  },
});

const sourceOf = ({ targets: { global } }: SwitchPlace): string =>
  `s3://${global.switchBucket}/${global.switchKey} in ${global.switchRegion}`;

/** The object as it stands, whatever is in it. */
export const readMove = async (place: SwitchPlace): Promise<Standing> => {
  const { etag, text } = await read(place);
  const move = moveSchema.safeParse(parseJson(text)).data;
  return { move, etag, inEffect: etag !== undefined, observed: move ? `${move.site} by ${move.run}` : 'not there' };
};

/** @throws RecoveryError `transient` unless it still is as it was when it was looked at: of two orchestrators one writes. */
export const writeMove = async (place: SwitchPlace, move: Move, { etag }: Standing): Promise<void> => {
  const { switchRegion, switchBucket, switchKey } = place.targets.global;
  const put = { Bucket: switchBucket, Key: switchKey, Body: JSON.stringify(move), ContentType: 'application/json' };
  const unchanged = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
  try {
    await place.aws.s3(switchRegion).send(new PutObjectCommand({ ...put, ...unchanged }));
  } catch (error) {
    if (error instanceof RecoveryError && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.code))
      throw new RecoveryError('transient', error.code, `${sourceOf(place)} was written by somebody else meanwhile`, { cause: error });
    throw error;
  }
};

const read = async ({ aws, targets }: SwitchPlace): Promise<{ etag: string | undefined; text: string }> => {
  const { switchRegion, switchBucket, switchKey } = targets.global;
  try {
    const { Body, ETag } = await aws.s3(switchRegion).send(new GetObjectCommand({ Bucket: switchBucket, Key: switchKey }));
    return { etag: ETag, text: (await Body?.transformToString()) ?? '' };
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'NoSuchKey') return { etag: undefined, text: '' };
    throw error;
  }
};
