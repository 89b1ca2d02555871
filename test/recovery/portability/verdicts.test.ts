import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { readAssembly, stacksNamed, stacksOfSite } from '../../../recovery/adapters/cloud-assembly.js';
import { verdicts } from '../../../recovery/cli/portability.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { ambassify } from '../../lib/production-templates.js';

const directory = await mkdtemp(join(tmpdir(), 'verdicts-'));
afterAll(() => rm(directory, { recursive: true }));

const app = new App({ outdir: directory });
const env = { account: '111122223333', region: 'eu-central-1' };
const sound = new Stack(app, 'Sound', { env, tags: { 'altsite:site': 'frankfurt' } });
new CfnTopic(sound, 'Topic');
const broken = new Stack(app, 'Broken', { env, tags: { 'altsite:site': 'frankfurt' } });
new CfnSubnet(broken, 'Subnet', { vpcId: 'vpc', availabilityZone: 'eu-central-1a' });
broken.addStackDependency(sound);
const assembly = app.synth();

describe('an assembly on disk', () => {
  it('gives a verdict for each stack, bound to the digest of its template', async () => {
    const found = await verdicts(await readAssembly(directory), ambassify, {}, null);
    const { templateFullPath } = assembly.getStackByName('Broken');
    expect(found).toMatchObject([
      { site: 'frankfurt', name: 'Sound', replicable: true, findings: [] },
      {
        site: 'frankfurt',
        name: 'Broken',
        replicable: false,
        digest: hashOf(JSON.parse(readFileSync(templateFullPath, 'utf8'))),
        findings: [{ rule: 'no-hard-coded-zone', path: 'Broken/Subnet' }],
      },
    ]);
  });

  it('knows what has to be deployed first, and takes it along', async () => {
    const { stacks } = await readAssembly(directory);
    expect(stacksNamed(stacks, ['Brok*']).map(({ path }) => path)).toEqual(['Sound', 'Broken']);
    expect(() => stacksNamed(stacks, ['Nothing'])).toThrow(/no stack is named Nothing; there are Sound, Broken/);
  });

  it('deploys one site and nothing of another, and is refused where it has no stack of that site', async () => {
    const { stacks } = await readAssembly(directory);
    const elsewhere = { ...stacks[0]!, path: 'Elsewhere', tags: { 'altsite:site': 'dublin' }, needs: [] };
    expect(stacksOfSite([...stacks, elsewhere], 'frankfurt').map(({ path }) => path)).toEqual(['Sound', 'Broken']);
    expect(() => stacksOfSite(stacks, 'dublin')).toThrow('the assembly has no stack of dublin; publish one that has');
  });

  it('is refused by name where there is none', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'no-assembly-'));
    await writeFile(join(empty, 'other.json'), '{}');
    await expect(readAssembly(empty)).rejects.toThrow(/is not a cloud assembly: manifest.json cannot be read/);
    await rm(empty, { recursive: true });
  });
});
