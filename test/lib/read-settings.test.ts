import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings, SettingsError } from '../../lib/read-settings.js';

const good = readFileSync('plans/ambassify/settings.yaml', 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'settings-'));
const problems = (change: (text: string) => string): string[] => {
  const file = join(folder, 'settings.yaml');
  const text = change(good);
  expect(text).not.toBe(good);
  writeFileSync(file, text);
  try {
    readSettings(file);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message.replaceAll(file, 'FILE').split('\n');
  }
  return [];
};

describe('settings', () => {
  test('of Ambassify are usable', () => {
    expect(readSettings('plans/ambassify/settings.yaml').sites.primary).toEqual({
      name: 'dublin',
      region: 'eu-west-1',
      databaseGeneration: '1',
    });
  });

  test('that have several faults are refused with all of them, each at its line', () => {
    const found = problems((text) =>
      text.replace('containerPort: 8080', 'containerPort: web').replace('leaseSeconds: 30', 'leaseSeconds: 1'),
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^FILE:14:18 settings\.web\.containerPort: .*expected number/);
    expect(found[1]).toMatch(/^FILE:\d+:\d+ settings\.fence\.leaseSeconds: /);
  });

  test('with a misspelt key are refused by the name of the key', () => {
    expect(problems((text) => text.replace('healthPath:', 'healthpath:')).join('\n')).toMatch(/healthpath/);
  });

  test('that put both sites into one region are refused', () => {
    expect(problems((text) => text.replace('eu-central-1', 'eu-west-1'))).toEqual([
      expect.stringMatching(/^FILE:9:41 settings\.sites\.alternate\.region: must not be the region of the primary$/),
    ]);
  });

  test('that put the witness into the region it must outlive are refused', () => {
    expect(problems((text) => text.replace('witnessRegion: eu-west-3', 'witnessRegion: eu-west-1')).join()).toMatch(
      /settings\.witnessRegion: must not/,
    );
  });

  test('that let load make fewer tasks than there are at least are refused', () => {
    expect(problems((text) => text.replace('activeCount: 2', 'activeCount: 2\n  maximumCount: 1'))).toEqual([
      expect.stringMatching(/^FILE:17:17 settings\.web\.maximumCount: must not be less than activeCount, which is 2$/),
    ]);
  });

  test('that name an image by tag are refused', () => {
    expect(problems((text) => text.replace(/@sha256:[0-9a-f]{64}/, ':latest')).join()).toMatch(/settings\.web\.image: .*never a tag/);
  });

  test('whose web name lies outside the zone, or is the zone itself, are refused', () => {
    expect(problems((text) => text.replace('webName: www.ambassify.example', 'webName: ambassify.example')).join()).toMatch(
      /inside ambassify\.example/,
    );
  });

  test('that are not YAML are refused with the place', () => {
    expect(problems((text) => text.replace('webName: www', 'webName: "www')).join()).toMatch(/^FILE:\d+:\d+ /);
  });

  test('that do not exist are refused with what to do', () => {
    expect(() => readSettings(join(folder, 'absent.yaml'))).toThrow(/absent\.yaml cannot be read: .*-c settings=FILE/);
  });
});
