import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from '../helpers/source-files.js';

/** Time, chance, clients and the environment are handed in. These folders are where they are handed in from. */
const madeIn = ['recovery/adapters/', 'twin/world/', 'twin/doors/', 'twin/dataplane/', 'twin/start.ts', 'twin/cli/', 'bin/'];
const banned = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bsetTimeout\b/,
  /\bsetInterval\b/,
  /\bMath\.random\b/,
  /\brandomUUID\b/,
  /\bprocess\.env\b/,
  /\bnew [A-Z][A-Za-z0-9]*Client\(/,
];
const waiters = /\bwaitUntil[A-Z]|\bwaitFor[A-Z][A-Za-z]+Available/;

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');

describe('banned calls', () => {
  it('stand only where time, chance, clients and environment come in', () => {
    const found = sourceFiles(['lib', 'recovery', 'twin'])
      .filter(({ file }) => !madeIn.some((place) => file.startsWith(place)))
      .flatMap(({ file, text }) => banned.filter((call) => call.test(withoutComments(text))).map((call) => `${file}: ${call.source}`));
    expect(found).toEqual([]);
  });

  it('include every waiter of the SDK, everywhere', () => {
    expect(
      sourceFiles(['bin', 'lib', 'recovery', 'twin'])
        .filter(({ text }) => waiters.test(withoutComments(text)))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  it('include default exports and files named for nothing', () => {
    const files = sourceFiles(['bin', 'lib', 'recovery', 'twin']);
    expect(files.filter(({ text }) => /^export default/m.test(text)).map(({ file }) => file)).toEqual([]);
    expect(files.filter(({ file }) => /\/(utils?|common|misc|helpers?)\.ts$/.test(file)).map(({ file }) => file)).toEqual([]);
  });
});
