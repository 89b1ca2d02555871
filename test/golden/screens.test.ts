import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { altsite } from '../acceptance/support/altsite.js';
import { expectGolden } from '../helpers/golden.js';

/** Whatever differs between two machines or two days, by a name of its own. */
const anonymous = (text: string, home: string): string => {
  const names = new Map<string, string>();
  const numbered = (kind: string) => (value: string) => {
    const known = names.get(value) ?? `${kind}-${[...names.values()].filter((name) => name.startsWith(kind)).length + 1}`;
    names.set(value, known);
    return known;
  };
  return text
    .replaceAll(home, '$ALTSITE_HOME')
    .replace(/\b\d{8}-\d{4}-[0-9a-f]{4}(-\d+)?\b/g, 'RUN')
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    // Named after the run.
    .replace(/-db-[0-9a-f]{8}\b/g, '-db-GENERATION')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, numbered('ID'))
    .replace(/127\.\d+\.\d+\.\d+(:\d+)?/g, numbered('ADDRESS'))
    .replace(/\d{4}-\d\d-\d\dT/g, 'DAYT')
    .replace(/process \d+/g, 'process PID');
};

/** What a person types into a terminal and sees there, without colours. */
describe('a session at the terminal', () => {
  let home: string;
  let screen: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'altsite-screen-'));
    screen = '';
  });
  afterEach(async () => {
    await altsite(['twin', 'stop'], { home });
    await rm(home, { recursive: true, force: true });
  });
  const type = async (line: string, env: Readonly<Record<string, string>> = {}): Promise<void> => {
    const [run = 'RUN'] = await readdir(join(home, 'runs')).catch(() => []);
    const argv = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => (word === 'RUN' ? run : word.replaceAll('"', '')));
    const { code, signal, stdout, stderr } = await altsite(argv, { home, env });
    screen += `$ altsite ${line}\n${stderr}${stdout}[${signal ?? `exit ${code}`}]\n\n`;
  };
  const shows = (name: string): void => expectGolden(`screens/${name}.txt`, anonymous(screen, home));

  it('of a rehearsal', async () => {
    await type('rehearse --seed 5');
    shows('rehearse');
  }, 180_000);

  it('of a hold, and the decision that goes on', async () => {
    await type('rehearse --scenario restore-job-fails --seed 4 --keep');
    await type('decide RUN smoke-tests retry --by cto --reason "not held there"');
    await type('decide RUN restore-database retry --by cto --reason "AWS says the failure was theirs"');
    await type('resume RUN');
    shows('hold-and-decision');
  }, 180_000);

  it('of a run that was killed while it wrote its journal, and resumed', async () => {
    const preloaded = `--import ${join(process.cwd(), 'test/acceptance/support/kill-in-journal-write.mjs')}`;
    await type('rehearse --seed 5 --keep', { ALTSITE_TEST_KILL_IN_ENTRY: '14', NODE_OPTIONS: preloaded });
    // The lock of the killed process is believed for two seconds.
    await pause(2_500);
    await type('status RUN');
    await type('resume RUN');
    expect(screen).toContain('[SIGKILL]');
    shows('killed-and-resumed');
  }, 180_000);
});
