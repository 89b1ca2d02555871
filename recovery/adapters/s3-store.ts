/** Runs in the journal bucket of the site that is recovered to: for operators on any machine. */
import { canonical } from '../model/canonical.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Claim, RunStore } from '../ports/run-store.js';
import { planIn } from './plan-text.js';
import { hasS3Journal, latestOfS3, openS3Journal, readS3Journal, writerKey } from './s3-journal.js';
import { holderOf, ordinaryPulse, type Pulse } from './s3-lease.js';
import { S3Objects, type KeptObject, type S3Place } from './s3-objects.js';

/** A bucket in which deleted things stay keeps what nobody claims as such. */
const nobody = canonical({ claimed: false });

export const s3Store = (place: S3Place, pulse: Pulse = ordinaryPulse): RunStore => {
  const objects = new S3Objects(place);
  const where = `s3://${place.bucket}`;
  const notesRead = new Map<string, KeptObject>();
  const known = async (run: string): Promise<void> => {
    if (await hasS3Journal(objects, run)) return;
    throw new RecoveryError(
      'invalid',
      'unknown-run',
      `there is no run ${run} in ${where}; aws s3 ls ${where}/runs/ lists them, altsite run --store s3 starts one`,
    );
  };
  const claimKey = (recovery: string): string => `claims/${recovery}.json`;
  const planKey = (hash: string): string => `plans/${hash}.json`;
  return {
    place: where,
    nameOf: (run) => `${where}/runs/${run}/journal/`,
    has: (run) => hasS3Journal(objects, run),
    open: (run, writer, summary) => openS3Journal(objects, run, writer, pulse, summary),
    read: async function* (run) {
      await known(run);
      yield* readS3Journal(objects, run);
    },
    latest: async (run) => {
      await known(run);
      return latestOfS3(objects, run);
    },
    writerOf: (run) => holderOf(objects, writerKey(run)),
    // Named by its hash: whoever was first wrote the same.
    savePlan: async (plan, hash) => void (await objects.put({ key: planKey(hash), text: `${canonical(plan)}\n`, over: null })),
    readPlan: async (hash) => {
      const kept = await objects.get(planKey(hash));
      if (kept) return planIn(kept.text, hash, `${where}/${planKey(hash)}`);
      throw new RecoveryError(
        'invalid',
        'unknown-plan',
        `there is no plan ${hash} in ${where}; altsite plan --store s3 makes one and says its hash`,
      );
    },
    leave: async (run, name, note) =>
      void (await objects.put({ key: `runs/${run}/inbox/${name}.json`, text: `${JSON.stringify(note)}\n` })),
    notes: async (run) => {
      const prefix = `runs/${run}/inbox/`;
      const notes: [string, unknown][] = [];
      for await (const page of objects.list(prefix))
        for (const { key, etag } of page) {
          const held = notesRead.get(key);
          const kept = held?.etag === etag ? held : await objects.get(key);
          if (!kept) continue;
          notesRead.set(key, kept);
          notes.push([key.slice(prefix.length, -'.json'.length), JSON.parse(kept.text)]);
        }
      return notes;
    },
    claimOf: async (recovery) => claimIn(await objects.get(claimKey(recovery))),
    replaceClaim: async (recovery, held, next) => {
      const there = await objects.get(claimKey(recovery));
      if (canonical(claimIn(there)) !== canonical(held)) return false;
      return objects.put({ key: claimKey(recovery), text: next ? canonical(next) : nobody, over: there?.etag ?? null });
    },
  };
};

const claimIn = (kept: KeptObject | null): Claim | null =>
  kept === null || kept.text === nobody ? null : (JSON.parse(kept.text) as Claim);
