import { describe, expect, it } from '@jest/globals';
import { sharedLooks } from '../../../recovery/engine/shared-looks.js';
import type { Look } from '../../../recovery/kit/look.js';
import type { Aws } from '../../../recovery/ports/aws.js';

/** Finds every name but those that begin with `no-`; a request with `bad` in it is refused. Remembers what was asked. */
const sampleLook = (most: number, stays = false) => {
  const asked: string[][] = [];
  const look: Look<string> = {
    of: 'sample',
    most,
    stays,
    ask: async (names) => {
      asked.push([...names]);
      if (names.includes('bad')) throw new Error('refused');
      return new Map(names.filter((name) => !name.startsWith('no-')).map((name) => [name, `the ${name}`]));
    },
  };
  const at = sharedLooks({} as Aws);
  return { asked, look: (name: string, region = 'here') => at(look, region, name) };
};

describe('shared looks', () => {
  it('ask once for all that look at one moment, each name once, whoever it is for', async () => {
    const { asked, look } = sampleLook(100);
    expect(await Promise.all(['a', 'b', 'a', 'no-c'].map((name) => look(name)))).toEqual(['the a', 'the b', 'the a', undefined]);
    expect(asked).toEqual([['a', 'b', 'no-c']]);
  });

  it('ask for no more names at a time than a request takes, however many ask for one', async () => {
    const { asked, look } = sampleLook(2);
    await Promise.all(['a', 'a', 'a', 'b', 'c'].map((name) => look(name)));
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  it('ask each region for itself, and again at the next moment', async () => {
    const { asked, look } = sampleLook(100);
    await Promise.all([look('a', 'here'), look('a', 'there')]);
    await look('a');
    expect(asked).toEqual([['a'], ['a'], ['a']]);
  });

  it('that are refused fail for those in the request, and for nobody else', async () => {
    const { look } = sampleLook(2);
    const answers = await Promise.allSettled(['a', 'bad', 'c'].map((name) => look(name)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('at what stays as it is are not repeated, but for what was not there or was refused', async () => {
    const { asked, look } = sampleLook(1, true);
    for (const name of ['a', 'a', 'no-b', 'no-b']) await look(name);
    for (let twice = 0; twice < 2; twice++) await expect(look('bad')).rejects.toThrow('refused');
    expect(asked).toEqual([['a'], ['no-b'], ['no-b'], ['bad'], ['bad']]);
  });
});
