import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { answer, script } from '../../bin/completion.js';
import { openFileJournal } from '../../recovery/adapters/file-journal.js';
import { homeAt, savePlan } from '../../recovery/adapters/home.js';
import { hashOf } from '../../recovery/model/canonical.js';
import { opening, plan } from '../helpers/sample-run.js';

const home = homeAt(mkdtempSync(join(tmpdir(), 'completion-')));
const run = '20300101-0220-1a2b';

beforeAll(async () => {
  const planHash = hashOf(plan);
  await savePlan(home, plan, planHash);
  const journal = await openFileJournal(home.journal(run));
  for (const [, happening] of opening.slice(0, 1))
    await journal.append([{ ...happening, planHash } as typeof happening], '2030-01-01T02:20:00.000Z', 0);
  await journal.close();
});
afterAll(() => rmSync(home.directory, { recursive: true }));

const printed = (work: () => void): string => {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((text: unknown) => void lines.push(String(text)));
  try {
    work();
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
};

/** What is offered for a line whose last word is as far as it is typed. */
const offered = (...words: string[]): string[] => {
  const lines = printed(() => answer(words, { environment: { ALTSITE_HOME: home.directory }, cwd: '/' })).split('\n');
  expect(lines.at(-1)).toBe(':4');
  return lines.slice(0, -1).map((line) => line.split('\t')[0] ?? '');
};

describe('completion offers', () => {
  it('commands, and those of the twin', () => {
    expect(offered('re')).toEqual(['rehearse', 'resume', 'report']);
    expect(offered('')).toEqual(expect.arrayContaining(['twin', 'complete', 'decide']));
    expect(offered('twin', 's')).toEqual(['summary', 'stop']);
  });

  it('options', () => {
    expect(offered('rehearse', '--s')).toEqual(['--scenario', '--seed']);
    expect(offered('twin', 'fault', 'throttling', '--f')).toEqual(['--for']);
  });

  it('the runs there are, a run’s tasks and what can be decided', () => {
    expect(offered('status', '')).toEqual([run]);
    expect(offered('pause', '')).toEqual([run]);
    expect(offered('decide', run, 's')).toEqual(['smoke', 'switch']);
    expect(offered('decide', run, 'smoke', '')).toEqual(['retry', 'skip', 'waive', 'undo', 'abandon']);
  });

  it('to acknowledge: only what people do', () => {
    expect(offered('ack', run, '')).toEqual(['tell']);
  });

  it('roles: of the run’s plan, or of the documents before there is a run; for authority those who have it', () => {
    expect(offered('decide', run, 'smoke', 'retry', '--by', '')).toEqual(['cto', 'ceo', 'customer-success']);
    expect(offered('pause', run, '--by', '')).toEqual(['cto', 'ceo', 'customer-success']);
    expect(offered('resume', run, '--authority', '')).toEqual(['cto', 'ceo']);
    expect(offered('run', '--authority', '')).toEqual(['cto', 'ceo', 'coo']);
  });

  it.each([
    [['rehearse', '--scenario', 'key'], ['key-denied']],
    [
      ['run', '--world', ''],
      ['twin', 'aws'],
    ],
    [
      ['twin', 'fault', 'region'],
      ['region-outage', 'region-returns'],
    ],
    [
      ['twin', 'fault', 'throttling', '--region', ''],
      ['eu-west-1', 'eu-central-1', 'us-east-1'],
    ],
    [
      ['complete', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['run', '--plan', ''], [hashOf(plan)]],
  ])('values: %j', (words, values) => {
    expect(offered(...words)).toEqual(values);
  });

  it('nothing, and no error, where nothing is known', () => {
    expect(offered('decide', 'no-such-run', '')).toEqual([]);
    expect(offered('run', '--reason', '')).toEqual([]);
  });
});

describe('the script for a shell', () => {
  it('is one that bash can read, and asks altsite', () => {
    const text = printed(() => script('bash'));
    execFileSync('bash', ['-n'], { input: text });
    expect(text).toContain('altsite complete -- ');
  });
});

describe('altsite complete', () => {
  const altsite = (...argv: string[]): string =>
    execFileSync(process.execPath, ['--import', 'tsx', 'bin/altsite.ts', 'complete', ...argv], {
      env: { ...process.env, ALTSITE_HOME: home.directory },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();

  it('answers a shell’s question', () => {
    expect(altsite('--', 'twin', 'fault', 'region-o')).toMatch(/^region-outage\t.*\n:4\n$/);
  });

  it('refuses a shell it does not know with exit code 2', () => {
    expect(() => altsite('tcsh')).toThrow(expect.objectContaining({ status: 2, stdout: Buffer.from('') }));
  });
});
