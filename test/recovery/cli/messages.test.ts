import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { completeCommand } from '../../../bin/complete-command.js';
import { main } from '../../../recovery/cli/main.js';
import { twinProgram } from '../../../twin/cli/program.js';
import { capturedConsole } from '../../helpers/captured-console.js';

const said = async (argv: readonly string[], environment: Record<string, string> = {}): Promise<string> => {
  const { console, said } = capturedConsole(environment);
  const others = [twinProgram(), completeCommand(argv, { environment, cwd: '/' })];
  expect(await main(argv, console, others)).toBe(2);
  expect(said.out).toBe('');
  return said.err;
};

describe('a message says what was wrong with the value, and what to do', () => {
  it.each([
    [['rehearze'], "unknown command 'rehearze'\n(Did you mean rehearse?)"],
    [['twni'], '(Did you mean twin?)'],
    [['rehearse', '--sead', '7'], '(Did you mean --seed?)'],
    [['rehearse', '--seed', 'seven'], '--seed seven is not a whole number; give one such as 7'],
    [['rehearse', '--scenario', 'flood'], 'there is no scenario flood; known: primary-region-lost'],
    [['run', '--world', 'mars'], '--world mars is no world; it can be twin or aws'],
    [['run', '--twin', 'http://127.0.0.1:1'], 'nothing answers at http://127.0.0.1:1; start a twin with altsite twin'],
    [['run', '--twin', 'example.com'], 'example.com is not a loopback URL; name a twin of this machine'],
    [['run', '--world', 'aws'], 'needs --account 111122223333, the account of the settings; it was not given'],
    [['plan', '--mode', 'drill'], '--mode drill cannot be planned yet; it can be failover'],
    [['status', 'nope'], 'there is no run nope in /nonexistent/altsite-home ($ALTSITE_HOME); altsite run starts one'],
    [['complete', 'tcsh'], 'tcsh is not a shell that altsite completes in: altsite complete bash|zsh|fish|powershell'],
  ])('%j', async (argv, message) => {
    const text = await said(argv);
    expect(text).toContain(message);
    // Nothing for terminals alone: what is read here is no terminal.
    expect(text).not.toContain('\u001b');
  });

  it('names the runs there are', async () => {
    const home = mkdtempSync(join(tmpdir(), 'messages-'));
    const { openFileJournal } = await import('../../../recovery/adapters/file-journal.js');
    await (await openFileJournal(join(home, 'runs', '20300101-0200-beef', 'journal.jsonl'))).close();
    expect(await said(['report', 'nope'], { ALTSITE_HOME: home })).toContain('known: 20300101-0200-beef');
    rmSync(home, { recursive: true });
  });
});
