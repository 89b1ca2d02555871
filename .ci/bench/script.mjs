// What every contestant is given: the same limits and, for one seed, the same durations.
import { seededChance } from '../../dist/twin/world/chance.js';
import { durations } from '../../dist/twin/world/durations.js';

/** Restores that AWS lets an account begin: `burst` at once, then so many a second. Describes are not limited, in favour of who asks most. */
export const limits = { burst: 10, perSecond: 1 };
export const pageSize = 100;
export const restore = durations['rds.restore-instance'];
/** After a restore a database answers queries and is `backing-up` for so long before it is `available`. */
export const backup = durations['rds.baseline-backup'];

const drawn = (chance, { least, most }) => least + (most - least) * chance.next();

/**
 * Seconds of the first, second … restore that AWS accepts, whichever database it is of: nobody can know beforehand which takes long, so the
 * order in which databases are asked for is worth nothing.
 */
export const scriptOf = (databases, seed) => {
  const chance = seededChance(`bench/${databases}/${seed}`);
  const of = (what, name) => {
    const own = chance.stream(name);
    return Array.from({ length: databases }, () => drawn(own, what));
  };
  // Looks fall on a grid of the world's time; when a disaster strikes does not.
  const beginning = Date.parse('2030-01-01T02:00:00Z') + chance.stream('beginning').whole(0, 59_999);
  return { seed, beginning, restoring: of(restore, 'restore'), backingUp: of(backup, 'backup') };
};

/** Seconds until the call at `index` (from 0) can go, at the soonest. */
export const soonestStart = (index) => Math.max(0, index + 1 - limits.burst) / limits.perSecond;

/** Knowledge 5.5, with as many instances allowed as there are databases: good for any durations, reached only by who knows them and asks for the longest first. */
export const knowledgeBound = ({ restoring }) => {
  const [most, least] = [Math.max(...restoring), Math.min(...restoring)];
  const [databases, sum] = [restoring.length, restoring.reduce((a, b) => a + b, 0)];
  return Math.max(most, sum / databases, Math.max(0, databases - limits.burst) / limits.perSecond + least);
};

/** The same for these very durations: the restore accepted as number i is not asked for sooner than (i - burst)+ / rate, and takes what it takes. */
export const lowerBound = ({ restoring }) => Math.max(...restoring.map((seconds, index) => soonestStart(index) + seconds));

/** That of who waits until the database is `available`. */
export const boundWithBackup = ({ restoring, backingUp }) =>
  Math.max(...restoring.map((seconds, index) => soonestStart(index) + seconds + backingUp[index]));
