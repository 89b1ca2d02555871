import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../../lib/contract/settings.js';
import { assemblyFiles, digestOfAssembly } from '../../../recovery/adapters/assembly-files.js';
import { fetchAssembly, publishAssembly, publishedIn, publishingPlace } from '../../../recovery/adapters/published-assemblies.js';
import { standingAssembly } from '../../../recovery/adapters/standing-assembly.js';
import { publishedAssemblyOf } from '../../../recovery/cli/published-assembly-of.js';
import { publishedRecord } from '../../../recovery/cli/published-record.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { documents } from '../../helpers/recovery-line.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';

const settings: Settings = documents.settings;
const bucket = 'cdk-hnb659fds-assets-111122223333-eu-central-1';
const template = (value: string) => ({
  Resources: { Size: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/size', Type: 'String', Value: value } } },
});

describe('a published assembly', () => {
  let world: RecoveryWorld;
  let folder: string;
  beforeEach(async () => {
    world = recoveryWorld();
    folder = await mkdtemp(join(tmpdir(), 'published-'));
    await world.call('s3', 'CreateBucket', { Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** An assembly of one stack of the alternate and one of the primary, with a file asset that is no text. */
  const assembly = async (value: string): Promise<string> => {
    const directory = join(folder, `assembly-${value}`);
    await mkdir(join(directory, 'asset.1'), { recursive: true });
    const stack = (name: string, site: string, region: string) => ({
      type: 'aws:cloudformation:stack',
      environment: `aws://111122223333/${region}`,
      displayName: name,
      properties: { templateFile: `${name}.template.json`, stackName: name, tags: { 'altsite:site': site } },
    });
    const artifacts = { here: stack('here', 'frankfurt', 'eu-central-1'), there: stack('there', 'dublin', 'eu-west-1') };
    await writeFile(join(directory, 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
    for (const name of ['here', 'there']) await writeFile(join(directory, `${name}.template.json`), JSON.stringify(template(value)));
    await writeFile(join(directory, 'asset.1', 'code.zip'), Uint8Array.of(0xff, 0x00, 0xfe));
    return directory;
  };
  const place = () => publishingPlace(settings, world.aws);
  const published = async () => (await publishedIn(place())).assemblies;
  const recordOf = async (directory: string, at = '2030-01-01T00:00:00.000Z', tested = false) => ({
    ...(await publishedRecord(directory, at)),
    ...(tested ? { tested, testedBy: 'a rehearsal', testedAt: '2030-01-01T00:00:00.000Z' } : {}),
  });
  const publish = async (value: string, at?: string, tested?: boolean) => {
    const directory = await assembly(value);
    const record = await recordOf(directory, at, tested);
    return { directory, record, written: await publishAssembly(place(), record, directory) };
  };
  const wanted = (digest: string): Promise<string> => publishedAssemblyOf(capturedConsole().console, digest, settings, world.aws);
  const overwrite = (key: string, Body: string) =>
    world.call('s3', 'PutObject', { Bucket: bucket, Key: `altsite/assemblies/${key}`, Body });

  it('has one digest wherever and whenever it lies, whatever locks and reports cdk leaves in it', async () => {
    const directory = await assembly('x');
    const digest = await digestOfAssembly(directory);
    await writeFile(join(directory, 'read.4711.lock'), '');
    await writeFile(join(directory, 'validation-report.json'), '{}');
    expect(await digestOfAssembly(directory)).toBe(digest);
    await writeFile(join(directory, 'asset.1', 'code.zip'), 'other');
    expect(await digestOfAssembly(directory)).not.toBe(digest);
  });

  it('comes back byte for byte, with what it was made with', async () => {
    const { directory, record, written } = await publish('x', undefined, true);
    expect(written).toBe(true);
    expect(await published()).toEqual([record]);
    expect(record).toMatchObject({
      cdk: '2.1148.1',
      lockfile: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      stacks: [
        { name: 'here', site: 'frankfurt' },
        { name: 'there', site: 'dublin' },
      ],
    });
    const fetched = await wanted(record.digest);
    expect(await assemblyFiles(fetched)).toEqual(await assemblyFiles(directory));
    expect(await readFile(join(fetched, 'asset.1', 'code.zip'))).toEqual(Buffer.of(0xff, 0x00, 0xfe));
    await rm(fetched, { recursive: true });
  });

  it('is written once: whoever publishes it again changes nothing, except that it was tested', async () => {
    const first = await publish('x');
    expect((await publish('x', '2031-01-01T00:00:00.000Z')).written).toBe(false);
    expect(await published()).toEqual([first.record]);
    expect((await publish('x', '2031-01-01T00:00:00.000Z', true)).written).toBe(true);
    expect(await published()).toMatchObject([{ tested: true, publishedAt: first.record.publishedAt }]);
    expect((await publish('x')).written).toBe(false);
    expect(await published()).toMatchObject([{ tested: true }]);
  });

  it('cannot be found before it is whole: killed at any call, it is published by the next attempt', async () => {
    const directory = await assembly('x');
    const record = await recordOf(directory);
    world.troubled(undefined);
    await publishAssembly(place(), record, directory);
    const calls = world.asked.length;
    expect(calls).toBeGreaterThan(4);
    for (let at = 1; at <= calls; at++) {
      world = recoveryWorld();
      await world.call('s3', 'CreateBucket', { Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
      world.troubled({ at, kind: 'killed' });
      await publishAssembly(place(), record, directory).catch(() => undefined);
      world.troubled(undefined);
      for (const found of await published()) await fetchAssembly(place(), found, join(folder, `fetched-${at}`));
      await publishAssembly(place(), record, directory);
      await fetchAssembly(place(), (await published())[0]!, join(folder, `again-${at}`));
      expect((await readdir(join(folder, `again-${at}`))).sort()).toEqual((await readdir(directory)).sort());
    }
  });

  it('is not deployed where it was not tested, by its digest or as the latest, and the tested ones are named', async () => {
    const tested = await publish('tested', '2030-01-01T00:00:00.000Z', true);
    const { record } = await publish('untested', '2030-01-02T00:00:00.000Z');
    for (const digest of [record.digest, 'latest'])
      await expect(wanted(digest)).rejects.toMatchObject({
        kind: 'rejected',
        code: 'untested-assembly',
        message: expect.stringContaining(`${tested.record.digest}, ${record.digest} (untested)`) as unknown,
      });
    await expect(wanted('f'.repeat(64))).rejects.toMatchObject({ kind: 'invalid', code: 'unknown-assembly' });
  });

  it('is refused, file by name, where a file is not the one that was published', async () => {
    const { record } = await publish('x', undefined, true);
    await overwrite(`${record.digest}/files/here.template.json`, '{}');
    await expect(wanted('latest')).rejects.toMatchObject({
      code: 'altered-assembly',
      message: expect.stringContaining('files/here.template.json') as unknown,
    });
  });

  it.each<[string, (record: Record<string, unknown> & { files: { name: string }[] }) => object]>([
    ['lists other files', (record) => ({ ...record, files: record.files.slice(1) })],
    ['leads out of its folder', (record) => ({ ...record, files: [{ ...record.files[0], name: '../../etc/passwd' }] })],
    ['says more than it may', (record) => ({ ...record, more: true })],
  ])('is refused where its record %s', async (_what, change) => {
    const { record } = await publish('x', undefined, true);
    await overwrite(`${record.digest}/assembly.json`, JSON.stringify(change(record)));
    for (const digest of [record.digest, 'latest'])
      await expect(wanted(digest)).rejects.toMatchObject({ kind: 'rejected', code: 'altered-assembly' });
    const other = await publish('other', undefined, true);
    await rm(await wanted(other.record.digest), { recursive: true });
  });

  describe('and the site recovered to', () => {
    const stands = async (value: string): Promise<void> => {
      const TemplateBody = JSON.stringify(template(value), null, 4);
      await world.call('cloudformation', 'CreateStack', { StackName: 'here', TemplateBody });
      await world.pass(60);
    };
    const standing = () => standingAssembly(settings, world.aws);

    it('are held against each other only where one is published; no bucket is none', async () => {
      await stands('x');
      expect(await standing()).toBeUndefined();
      await world.call('s3', 'DeleteBucket', { Bucket: bucket });
      expect(await standing()).toBeUndefined();
    });

    it('agree where the site stands by a tested one, though it be an older one; blanks and other sites do not matter', async () => {
      const { record } = await publish('x', '2030-01-01T00:00:00.000Z', true);
      await publish('y', '2030-01-02T00:00:00.000Z', true);
      await stands('x');
      expect(await standing()).toMatchObject({ digest: record.digest });
    });

    it('do not agree where it was not tested', async () => {
      await publish('x');
      await stands('x');
      expect(await standing()).toMatchObject({
        digest: null,
        because: expect.stringMatching(/^of what is published none was tested: [0-9a-f]{64}$/) as unknown,
      });
    });

    it.each<[string, () => Promise<void>]>([
      ['another template stands', () => stands('y')],
      ['nothing stands', () => Promise.resolve()],
    ])('do not agree where %s, and the stack is named', async (_what, standingThere) => {
      await publish('x', undefined, true);
      await standingThere();
      expect(await standing()).toMatchObject({
        digest: null,
        because: expect.stringMatching(/^here in eu-central-1 is not as in/) as unknown,
      });
    });
  });
});
