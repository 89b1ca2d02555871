import { describe, expect, it } from '@jest/globals';
import { inVolleys } from '../../../twin/doors/volleys.js';

/** Some asynchronous work that is over after so many turns of the queue of promises. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('what is asked side by side', () => {
  it('is one volley, in its order, however long each took to come to its question', async () => {
    for (const [first, second] of [[0, 9], [9, 0], [3, 4]] as const) {
      const volleys: string[][] = [];
      const ask = inVolleys<string, string>(async (volley) => {
        volleys.push([...volley]);
        await turns(5);
        return volley.map((one) => ({ answer: one.toUpperCase() }));
      });
      const told: string[] = [];
      const asks = async (name: string, after: number): Promise<void> => {
        for (const nth of [1, 2]) {
          told.push(await ask(`${name}${nth}`));
          await turns(after);
        }
      };
      await Promise.all([asks('a', first), asks('b', second)]);
      expect(volleys.map((volley) => volley.toSorted())).toEqual([['a1', 'b1'], ['a2', 'b2']]);
      expect(told).toEqual(['A1', 'B1', ...volleys[1]!.map((one) => one.toUpperCase())]);
    }
  }); // prettier-ignore

  it('fails alone: the others of its volley are answered', async () => {
    const ask = inVolleys<number, number>(async (volley) =>
      volley.map((one) => (one === 2 ? { error: new Error('not 2') } : { answer: one })),
    );
    const all = await Promise.allSettled([ask(1), ask(2), ask(3)]);
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([1, 'Error: not 2', 3]);
  });

  it('fails together where nothing of the volley can be answered, and the next is asked as if nothing had been', async () => {
    let broken = true;
    const ask = inVolleys<number, number>(async (volley) => {
      if (broken) throw new Error('broken');
      return volley.map((one) => ({ answer: one }));
    });
    await expect(Promise.all([ask(1), ask(2)])).rejects.toThrow('broken');
    broken = false;
    expect(await ask(3)).toBe(3);
  });
});
