import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const kebab = (name: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name);

/** Every file of these folders is one of a kind, and its registry names it. */
const registered = [
  'recovery/steps',
  'recovery/checks',
  'recovery/planning/lint',
  'recovery/cli/commands',
  'recovery/cli/scenarios',
  'recovery/simulation/properties',
  'twin/faults',
];
const notOfTheKind = new Set([
  'recovery/planning/lint/lint.ts',
  'recovery/cli/scenarios/scenario.ts',
  'recovery/simulation/properties/property.ts',
  'recovery/simulation/properties/switch-calls.ts',
  'recovery/simulation/properties/told.ts',
  'twin/faults/fault.ts',
  'twin/faults/bites.ts',
  'twin/faults/inject-fault.ts',
  'twin/faults/parameters.ts',
]);

describe('registries', () => {
  it.each(registered)('%s/index.ts names every file of its folder', (folder) => {
    const registry = readFileSync(join(folder, 'index.ts'), 'utf8');
    const files = readdirSync(folder).filter(
      (file) => file.endsWith('.ts') && file !== 'index.ts' && !notOfTheKind.has(join(folder, file)),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !kebab(file))).toEqual([]);
    expect(files.filter((file) => !registry.includes(`./${file.replace(/\.ts$/, '.js')}`))).toEqual([]);
  });

  it('name every service of the twin, each with its MODEL.md', () => {
    const registry = readFileSync('twin/services/index.ts', 'utf8');
    const folders = readdirSync('twin/services', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.filter((folder) => !registry.includes(`./${folder}/index.js`))).toEqual([]);
    expect(folders.filter((folder) => !existsSync(join('twin/services', folder, 'MODEL.md')))).toEqual([]);
  });
});
