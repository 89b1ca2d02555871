import { orchestrator, siteNames } from '../../lib/contract/names.js';
import type { Settings } from '../../lib/contract/settings.js';
import { s3Store } from '../adapters/s3-store.js';
import { systemClock } from '../adapters/system-clock.js';
import type { RunStore } from '../ports/run-store.js';
import type { Console } from './command.js';
import { documentsOf } from './compose.js';
import type { StoreOptions } from './store-options.js';
import { worldPlace, type WorldPlace } from './world-place.js';

/** The journal bucket of the site that is recovered to. */
export const s3StoreOf = async (console: Console, options: StoreOptions): Promise<RunStore> => {
  const { settings } = documentsOf(console, options);
  return s3StoreIn(await worldPlace(console, options, settings), settings);
};

const s3StoreIn = (place: WorldPlace, settings: Settings): RunStore => {
  const { alternate } = settings.sites;
  const aws = place.as(orchestrator, { session: 'altsite-runs', clock: systemClock });
  return s3Store({ s3: aws.s3(alternate.region), bucket: siteNames(settings, alternate).journalBucket, region: alternate.region });
};
