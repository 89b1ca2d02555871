// A journal of one process, and a clock that moves when it is slept on.
import { instant, milliseconds } from '../../dist/recovery/model/time.js';

export const memoryJournal = () => {
  const entries = [];
  return {
    entries,
    get sequence() {
      return entries.length;
    },
    notice: '',
    read: async function* () {
      yield* entries;
    },
    append: async (happenings, at) =>
      happenings.map((happening) => {
        const entry = { ...happening, sequence: entries.length + 1, at, previousHash: '', hash: '' };
        entries.push(entry);
        return entry;
      }),
    close: async () => undefined,
  };
};

export const virtualClock = (beginning) => {
  let now = beginning;
  return {
    passesByItself: false,
    milliseconds: () => now,
    now: () => instant(now),
    sleepUntil: async (until) => void (now = Math.max(now, milliseconds(until))),
  };
};
