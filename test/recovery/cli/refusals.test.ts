import { describe, expect, it } from '@jest/globals';
import { main } from '../../../recovery/cli/main.js';
import { statedAuthority } from '../../../recovery/cli/stated-authority.js';
import { capturedConsole } from '../../helpers/captured-console.js';

const run = async (argv: readonly string[], environment: Record<string, string> = {}) => {
  const { console, said } = capturedConsole(environment);
  const code = await main([...argv, '--json'], console);
  return { code, lines: said.out.trimEnd().split('\n').length, error: (JSON.parse(said.out) as { error?: object }).error };
};
const account = ['--account', '111122223333'];

describe('a command that must not start', () => {
  it.each([
    ['no account', ['run', '--world', 'aws'], {}, 'account-not-named'],
    ['another account', ['run', '--world', 'aws', '--account', '999988887777'], {}, 'account-not-named'],
    ['an emulator that passes for AWS', ['run', '--world', 'aws', ...account], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'not-aws'],
    ['one service of it', ['run', '--world', 'aws', ...account], { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }, 'not-aws'],
    ['a twin elsewhere', ['run', '--twin', 'http://10.0.0.1:4577'], {}, 'not-loopback'],
    ['no twin', ['run'], {}, 'no-twin'],
    ['a world that is none', ['run', '--world', 'mars'], {}, 'unknown-world'],
    ['an unknown run', ['resume', 'nope'], {}, 'unknown-run'],
    ['an unknown option', ['run', '--bogus'], {}, 'commander.unknownOption'],
    ['no such command', ['nonsense'], {}, 'commander.unknownCommand'],
  ])('says so in one JSON object and with exit code 2: %s', async (_name, argv, environment, code) => {
    expect(await run(argv, environment)).toMatchObject({ code: 2, lines: 1, error: { kind: 'invalid', code, problems: [] } });
  });

  it('lists every problem of the plan’s documents, each with its place', async () => {
    const { code, error } = await run(['run', '--plans', '/nonexistent/plans']);
    expect(code).toBe(2);
    expect(error).toMatchObject({
      code: 'invalid-plan',
      problems: expect.arrayContaining([
        { file: '/nonexistent/plans/settings.yaml', line: 1, column: 1, value: null, fix: expect.stringContaining('no such file') },
      ]),
    });
  });
});

describe('authority', () => {
  const plan = { succession: ['cto', 'ceo'] };

  it('is a role of the succession, with a reason', () => {
    expect(statedAuthority({ authority: 'ceo', reason: 'region lost' }, plan)).toEqual({ by: 'ceo', reason: 'region lost' });
    expect(statedAuthority({}, plan)).toBeNull();
  });

  it('is nobody else, and never without a reason', () => {
    expect(() => statedAuthority({ authority: 'janitor', reason: 'why not' }, plan)).toThrow('give one of cto, ceo');
    expect(() => statedAuthority({ authority: 'cto' }, plan)).toThrow('go together; --reason is missing');
  });
});
