import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { shellLines } from '../../../twin/cli/shell-lines.js';

const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4577', AWS_REGION: 'eu-west-1', CDK_HOME: "/tmp/it's here/cdk" };

/** What a shell with `present` has after reading the lines. */
const after = (present: Record<string, string>): Record<string, string> => {
  const env = { PATH: process.env['PATH'] ?? '', ...present };
  const output = execFileSync('sh', ['-c', `${shellLines(environment, present)}\nenv`], { env }).toString();
  return Object.fromEntries(
    output
      .split('\n')
      .filter((line) => /^(AWS|CDK)_/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
};

it('lead a shell to the twin, blanks and quotes included', () => {
  expect(after({})).toEqual(environment);
});

it('take away what would lead clients elsewhere', () => {
  const elsewhere = { AWS_PROFILE: 'live', AWS_SESSION_TOKEN: 'token', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9', AWS_ROLE_ARN: 'arn' };
  expect(after(elsewhere)).toEqual(environment);
});

it('leave alone what leads nowhere', () => {
  expect(after({ AWS_PAGER: '' })).toEqual({ ...environment, AWS_PAGER: '' });
});

it('unset a profile and a session that another shell may have', () => {
  expect(shellLines({}, {})).toBe('unset AWS_PROFILE\nunset AWS_SESSION_TOKEN\n');
});
