import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../recovery/model/canonical.js';
import { Chain } from '../../recovery/model/chain.js';
import type { Happening, JournalEntry } from '../../recovery/model/journal-entry.js';
import { realisticHappenings } from '../helpers/realistic-entries.js';

const at = '2030-01-01T02:00:00.000Z';
const written = (happenings: readonly Happening[]) => new Chain('journal').write(happenings, at);
const read = (lines: readonly string[]): readonly JournalEntry[] => {
  const chain = new Chain('journal');
  return lines.map((line) => chain.read(line));
};
const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

/** How canonical text was made before it was made quickly: journals and plans of then are hashed by it. */
const slowly = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

describe('canonical text', () => {
  it('is what it always was, for whatever JSON can say, dates, absent members and keys that are numbers included', () => {
    const value = fc.object({
      key: fc.oneof(fc.string(), fc.nat(30).map(String), fc.constantFrom('__proto__', 'at', 'hash', '01', '-1')),
      values: [
        fc.string(),
        fc.double(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.constant(undefined),
        fc.date({ noInvalidDate: true }),
      ],
      maxDepth: 4,
    });
    fc.assert(
      fc.property(value, (one) => {
        expect(canonical(one)).toBe(slowly(one));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a journal’s chain', () => {
  const { entries, text } = written([...realisticHappenings(12, 2)]);
  const lines = linesOf(text);

  it('reads back what was written, format included', () => {
    expect(read(lines)).toEqual(entries);
    expect(entries[0]).toMatchObject({ kind: 'opened', format: 1 });
  });

  it('is broken by any byte that was changed, put in or taken out, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom('put in', 'taken out', 'changed'),
        fc.string({ minLength: 1, maxLength: 1 }),
        (place, how, mark) => {
          const whole = lines.join('\n');
          const where = place % whole.length;
          const bad = whole.slice(0, where) + (how === 'taken out' ? '' : mark) + whole.slice(how === 'put in' ? where : where + 1);
          // The last hash is nobody's to vouch for but the line's own, so that any other text has to fail somewhere.
          if (bad !== whole) expect(() => read(bad.split('\n'))).toThrow(/^journal line \d+/);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is broken by keys in another order, at the top and below it, though the values are the same', () => {
    for (const line of lines) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      const names = Object.keys(entry);
      names.forEach((name, index) => {
        const others = names.filter((one) => one !== name);
        for (let to = 0; to <= others.length; to++) {
          if (to === index) continue;
          const order = [...others.slice(0, to), name, ...others.slice(to)];
          const moved = JSON.stringify(Object.fromEntries(order.map((one) => [one, entry[one]])));
          const before = lines.slice(0, lines.indexOf(line));
          expect(() => read([...before, moved])).toThrow('does not match its content');
        }
      });
    }
    const nested = lines.map((line) =>
      line.replace('{"at":"2030-01-01T02:00:00.000Z","source":"test"}', '{"source":"test","at":"2030-01-01T02:00:00.000Z"}'),
    );
    expect(() => read(nested)).toThrow('line 1 has a hash that does not match its content');
  });

  it('is broken by blanks, doubled keys, and lines that are no entries', () => {
    const [first = ''] = lines;
    const { hash } = JSON.parse(first) as { hash: string };
    for (const bad of [
      first.replace('"kind":', '"kind": '),
      ` ${first}`,
      first.replace(`"hash":"${hash}",`, `"hash":"${hash}","hash":"${hash}",`),
      first.replace(`"hash":"${hash}",`, ''),
      'null',
      '7',
      '{}',
      '[]',
      '',
    ])
      expect(() => read([bad])).toThrow(/^journal line 1/);
  });
});
