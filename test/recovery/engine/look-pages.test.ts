import { describe, expect, it } from '@jest/globals';
import { sharedLooks } from '../../../recovery/engine/shared-looks.js';
import type { Look } from '../../../recovery/kit/look.js';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import type { Aws } from '../../../recovery/ports/aws.js';

const aws = {} as Aws;
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `db-${at}`);

/** A kind of thing of which everything but `missing` is there; `asked` has every request. */
const things = (missing: readonly string[] = []) => {
  const asked: { region: string; names: readonly string[] }[] = [];
  const look: Look<string> = {
    of: 'sample:thing',
    most: 100,
    ask: async (wanted, region) => {
      asked.push({ region, names: wanted });
      return new Map(wanted.filter((name) => !missing.includes(name)).map((name) => [name, `${name} in ${region}`]));
    },
  };
  return { look, asked };
};

describe('pages of shared looks', () => {
  it('of one moment go out as one request for each hundred names, each name once, and everybody gets their own answer', async () => {
    const { look, asked } = things();
    const at = sharedLooks(aws);
    const wanted = [...names(250), 'db-7', 'db-7'];
    const found = await Promise.all(wanted.map((name) => at(look, 'eu-central-1', name)));
    expect(found).toEqual(wanted.map((name) => `${name} in eu-central-1`));
    expect(asked.map((one) => one.names.length)).toEqual([100, 100, 50]);
    expect(new Set(asked.flatMap((one) => one.names)).size).toBe(250);
  });

  it('are apart by region and by kind', async () => {
    const { look, asked } = things();
    const other = things();
    const at = sharedLooks(aws);
    const found = await Promise.all([
      at(look, 'eu-central-1', 'a'),
      at(look, 'eu-west-1', 'a'),
      at({ ...other.look, of: 'sample:other' }, 'eu-west-1', 'a'),
    ]);
    expect(found).toEqual(['a in eu-central-1', 'a in eu-west-1', 'a in eu-west-1']);
    expect(asked.map(({ region }) => region).sort()).toEqual(['eu-central-1', 'eu-west-1']);
    expect(other.asked).toHaveLength(1);
  });

  it('say undefined of what is not there', async () => {
    const { look } = things(['b']);
    const at = sharedLooks(aws);
    expect(await Promise.all([at(look, 'eu-central-1', 'a'), at(look, 'eu-central-1', 'b')])).toEqual(['a in eu-central-1', undefined]);
  });

  it('are never answered from memory', async () => {
    const { look, asked } = things();
    const at = sharedLooks(aws);
    await at(look, 'eu-central-1', 'a');
    await at(look, 'eu-central-1', 'a');
    expect(asked).toHaveLength(2);
  });

  it('that fail on one page are answered on the others', async () => {
    const { look } = things();
    const secondFails: Look<string> = {
      ...look,
      ask: (wanted, ...rest) => (wanted.includes('db-150') ? Promise.reject(new Error('no')) : look.ask(wanted, ...rest)),
    };
    const at = sharedLooks(aws);
    const answers = await Promise.allSettled(names(250).map((name) => at(secondFails, 'eu-central-1', name)));
    expect(answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual(
      Array.from({ length: 100 }, (_, index) => 100 + index),
    );
  });

  it('that fail, fail for everybody who asked in that request, with the very error; the next look asks again', async () => {
    const { look } = things();
    const refused = new RecoveryError('transient', 'ThrottlingException', 'rate exceeded', { retryAfterSeconds: 7 });
    let broken = true;
    const sometimes: Look<string> = { ...look, ask: (...asked) => (broken ? Promise.reject(refused) : look.ask(...asked)) };
    const at = sharedLooks(aws);
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => at(sometimes, 'eu-central-1', name)));
    expect(answers.map((one) => one.status === 'rejected' && one.reason === refused)).toEqual([true, true, true]);
    broken = false;
    expect(await at(sometimes, 'eu-central-1', 'a')).toBe('a in eu-central-1');
  });
});
