import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { altsite, startTwin, type Twin } from './support/altsite.js';
import { bootstrap, synthesise } from './support/production.js';
import { configOf } from './support/protect.js';

const Bucket = 'cdk-hnb659fds-assets-111122223333-eu-central-1';
/** The smallest stack of production: the public zone. */
const zone = ['Global/Zone', '--published'];

describe('an assembly that was published', () => {
  let twin: Twin;
  let away: string;
  beforeAll(async () => {
    twin = await startTwin({ seed: 73 });
    away = await mkdtemp(join(tmpdir(), 'altsite-source-'));
    await Promise.all([bootstrap(twin), synthesise(away)]);
  }, 240_000);
  afterAll(() => twin.stop());

  const work = async (...args: string[]) => {
    const ran = await altsite([...args, '--twin', twin.url, '--json'], twin);
    return { code: ran.code, said: ran.stderr, ...(ran.json() as { digest: string; written: boolean; tested: boolean }) };
  };

  it('is deployed, by itself or as a recovery begins, without its source, but not before it was tested, and not when it was altered', async () => {
    expect(await work('publish', '--assembly', away, '--tested')).toMatchObject({ code: 6, error: { code: 'untested-assembly' } });
    const { digest, ...first } = await work('publish', '--assembly', away);
    expect(first).toMatchObject({ code: 0, written: true, tested: false });
    expect(await work('deploy', ...zone, 'latest')).toMatchObject({ code: 6, error: { code: 'untested-assembly' } });
    expect(await work('run', '--until-irreversible', '--published', 'latest')).toMatchObject({
      code: 6,
      error: { code: 'untested-assembly' },
    });

    // As a rehearsal notes it that recovered with these files.
    const tested = {
      digest,
      testedBy: 'altsite rehearse',
      testedAt: '2030-01-01T00:00:00.000Z',
      run: '20300101-0200-1a2b',
      outcome: 'recovered',
    };
    await mkdir(join(twin.home, 'tested-assemblies'));
    await writeFile(join(twin.home, 'tested-assemblies', `${digest}.json`), JSON.stringify(tested));
    expect(await work('publish', '--assembly', away, '--tested')).toMatchObject({ code: 0, written: true, tested: true });
    const template = (JSON.parse(await readFile(join(away, 'manifest.json'), 'utf8')) as Manifest).artifacts['GlobalZone78047F70'];
    await rm(away, { recursive: true });
    expect(await work('deploy', ...zone, 'latest')).toMatchObject({
      code: 0,
      deployed: true,
      stacks: [{ path: 'Global/Zone', is: 'deployed' }],
    });
    expect(await work('deploy', ...zone, digest)).toMatchObject({ code: 0, stacks: [{ is: 'unchanged' }] });

    const recovery = ['run', '--until-irreversible', '--no-scenario', '--published'];
    expect(await work(...recovery, 'f'.repeat(64))).toMatchObject({ code: 2, error: { code: 'unknown-assembly' } });
    await recoveryRoles(twin);
    // Nothing was ever backed up: the recovery goes as far as that, at a site that stands by this very assembly.
    const { code, said, ...held } = await work(...recovery, digest);
    expect({ code, held }).toMatchObject({ code: 3, held: { outcome: 'held' } });
    expect(said).toContain('Alternate/Service (ambassify-frankfurt-service in eu-central-1): deployed');
    expect(said).not.toMatch(/Primary\//);
    const [plan = ''] = await readdir(join(twin.home, 'plans'));
    expect(JSON.parse(await readFile(join(twin.home, 'plans', plan), 'utf8'))).toMatchObject({ assembly: { digest } });

    const s3 = new S3Client({ ...configOf(twin, 'eu-central-1'), forcePathStyle: true });
    const Key = `altsite/assemblies/${digest}/files/${template?.properties.templateFile}`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: (await Body!.transformToString()).replace('ambassify', 'somebody') }));
    expect(await work('deploy', ...zone, 'latest')).toMatchObject({ code: 6, error: { code: 'altered-assembly' } });
  }, 240_000);
});

/** The roles of Global/Traffic, which needs the primary's records and so a primary. */
const recoveryRoles = async (twin: Twin): Promise<void> => {
  const iam = new IAMClient(configOf(twin, 'us-east-1'));
  const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }],
  });
  for (const team of ['orchestrator', 'dev-ops', 'web-services'])
    await iam.send(new CreateRoleCommand({ RoleName: `ambassify-recovery-${team}`, AssumeRolePolicyDocument }));
};

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly properties: { readonly templateFile: string } }>>;
}
