import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesOf, instantOf, type Answer, type Call, type Client } from './driver.js';

const names: Readonly<Record<string, string>> = { 'route-53': 'route53', s3: 's3api' };
/** As the CLI does it: `GetParametersByPath` → `get-parameters-by-path`, `DescribeDBSnapshots` → `describe-db-snapshots`. */
const kebab = (name: string): string =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

const withoutInstants = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, member: unknown) => instantOf(member)?.toISOString() ?? member)) as unknown;

/** Binary members go in files, everything else in one JSON document; `get-object` takes plain options, and a file for the body. */
const argumentsFor = async (call: Call, folder: string): Promise<string[]> => {
  const { service, operation, region, input } = call;
  const command = [names[service] ?? service, kebab(operation), '--region', region, '--output', 'json'];
  if (operation === 'GetObject') {
    return [...command, ...Object.entries(input).flatMap(([name, value]) => [`--${kebab(name)}`, String(value)]), join(folder, 'answer')];
  }
  const files: string[] = [];
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const bytes = bytesOf(value);
    if (!bytes) others[name] = withoutInstants(value);
    else {
      const file = join(folder, name);
      await writeFile(file, bytes);
      files.push(`--${kebab(name)}`, operation === 'PutObject' ? file : `fileb://${file}`);
    }
  }
  return [...command, '--cli-input-json', JSON.stringify(others), ...files];
};

const failure = (stderr: string): Answer => {
  const [, code, message] = /An error occurred \(([^)]+)\) when calling the \w+ operation(?: \([^)]*\))?: ([\s\S]*)/.exec(stderr) ?? [];
  if (code === undefined) return { error: { code: 'CommandFailed', message: stderr.trim() } };
  return { error: { code, message: (message ?? '').trim() } };
};

/** The AWS CLI, version 1 or 2: one process a call. */
export const awsCli: Client = {
  name: 'AWS CLI',
  missing: () => {
    const { error, status } = spawnSync('aws', ['--version']);
    return error || status !== 0 ? 'there is no aws command here (pip install awscli)' : undefined;
  },
  open: (environment) => {
    const configuration = fileURLToPath(new URL('./aws-cli.ini', import.meta.url));
    const env = { ...process.env, ...environment, AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1', AWS_CONFIG_FILE: configuration };
    const run = async (call: Call, folder: string): Promise<Answer> => {
      // Version 1 ignores AWS_ENDPOINT_URL for SQS (awscli/customizations/overridesslcommonname.py), and would leave the machine.
      const endpoint = call.service === 'sqs' ? ['--endpoint-url', environment['AWS_ENDPOINT_URL']!] : [];
      const args = [...(await argumentsFor(call, folder)), ...endpoint];
      const { failed, stdout, stderr } = await new Promise<{ failed: boolean; stdout: string; stderr: string }>((resolve) =>
        execFile('aws', args, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr })),
      );
      if (failed) return failure(stderr);
      const output = (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Record<string, unknown>;
      if (call.operation === 'GetObject') output['Body'] = await readFile(join(folder, 'answer'), 'utf8');
      return { output };
    };
    return {
      call: async (call) => {
        const folder = await mkdtemp(join(tmpdir(), 'altsite-aws-cli-'));
        try {
          return await run(call, folder);
        } finally {
          await rm(folder, { recursive: true });
        }
      },
      close: async () => undefined,
    };
  },
};
