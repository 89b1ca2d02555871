import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { commands } from '../../recovery/cli/index.js';
import { main } from '../../recovery/cli/main.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { expectGolden } from '../helpers/golden.js';

const help = async (argv: readonly string[]): Promise<string> => {
  const { console, said } = capturedConsole();
  expect(await main([...argv, '--help'], console)).toBe(0);
  expect(said.err).toBe('');
  return said.out;
};

describe('what the command line says of itself', () => {
  it('is what was last reviewed', async () => {
    expectGolden('cli/help.txt', await help([]));
  });

  it.each(commands.map(({ name }) => name))('is what was last reviewed: %s, with an example', async (name) => {
    const text = await help([name]);
    expect(text).toContain(`altsite ${name}`);
    expect(text).toMatch(/^Examples?:$/m);
    expectGolden(`cli/help-${name}.txt`, text);
  });

  it('is what was last reviewed: twin', () => {
    expectGolden('cli/help-twin.txt', execFileSync(process.execPath, ['--import', 'tsx', 'bin/altsite.ts', 'twin', '--help']).toString());
  });
});
