import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { completeCommand } from '../../bin/complete-command.js';
import { commands } from '../../recovery/cli/commands/index.js';
import { main } from '../../recovery/cli/main.js';
import { twinProgram } from '../../twin/cli/program.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { expectGolden } from '../helpers/golden.js';
import { spoilt, type PlanFileName } from '../helpers/spoilt-plan.js';

const others = () => [twinProgram(), completeCommand([], { environment: {}, cwd: '/' })];

const help = async (argv: readonly string[]): Promise<string> => {
  const { console, said } = capturedConsole();
  expect(await main([...argv, '--help'], console, others())).toBe(0);
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

  it.each([
    ['twin', ['twin']],
    ['twin-summary', ['twin', 'summary']],
    ['twin-stop', ['twin', 'stop']],
    ['twin-fault', ['twin', 'fault']],
    ['twin-push', ['twin', 'push']],
    ['complete', ['complete']],
  ])('is what was last reviewed: %s, with an example', (file, argv) => {
    const text = execFileSync(process.execPath, ['--import', 'tsx', 'bin/altsite.ts', ...argv, '--help']).toString();
    expect(text).toContain(`altsite ${argv.join(' ')}`);
    expect(text).toMatch(/^Examples?:$/m);
    expectGolden(`cli/help-${file}.txt`, text);
  });
});

describe('what is wrong with a plan', () => {
  it('is printed as was last reviewed: every problem with its line and a caret', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spoilt-'));
    const put = (file: PlanFileName, ...changes: [string, string][]): void => writeFileSync(join(folder, file), spoilt(file, ...changes));
    put('settings.yaml', ['webName:', 'webname:'], ['account: "111122223333"', 'account: 011122223333'], ['cpu: 256', 'cpu: "中文" # e\u0301\u200b']);
    put('contingency-plan.yaml', ['PT24H #', 'tomorrow #'], ['[cto, ceo, coo]', '[cto, cfo]']);
    put('recovery.yaml', ['team: dev-ops', 'team: devops'], ['${restore-database.endpoint}', '${restore-database.endpont}']);
    const { console, said } = capturedConsole();
    expect(await main(['run', '--plans', folder], console)).toBe(2);
    rmSync(folder, { recursive: true });
    expectGolden('cli/problems.txt', said.err.replaceAll(folder, 'plans/spoilt'));
  });
});
