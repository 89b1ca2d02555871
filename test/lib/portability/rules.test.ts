import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { App } from 'aws-cdk-lib';
import { judge, rulesFor } from '../../../lib/portability/index.js';
import { knownResources, statefulResourcesOf } from '../../../lib/portability/known-resources.js';
import { ambassify, synthesise } from '../production-templates.js';
import { brokenApps, cleanApps } from './broken-apps.js';
import { judgedApp } from './judged-app.js';

const rules = rulesFor({ known: { Known: 'AWS::S3::Bucket' } });
const broken = Object.entries(brokenApps).flatMap(([rule, apps]) => apps.map(([what, app]) => [rule, what, app] as const));
const findings = (app: App) => {
  const assembly = judgedApp(app);
  return assembly.stacks.flatMap((stack) => judge(stack, assembly, rules));
};

describe('what keeps a production from being replicated', () => {
  test.each(broken)('%s catches %s, and no other rule does', (rule, _what, app) => {
    const found = findings(app());
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map((one) => one.rule))]).toEqual([rule]);
    for (const { path, reason } of found)
      expect({ path, reason }).toEqual({ path: expect.stringMatching(/^\w/), reason: expect.stringMatching(/\w+ \w+/) });
  });

  test.each(Object.entries(cleanApps))('nothing is said of %s', (_what, app) => {
    expect(findings(app())).toEqual([]);
  });

  test('every rule has an app that it catches', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual(Object.keys(brokenApps).sort());
    expect(broken.length).toBeGreaterThanOrEqual(20);
  });

  test('production breaks none of them', () => {
    const assembly = judgedApp(synthesise().app);
    const known = rulesFor(knownResources('plans/ambassify/settings.yaml'));
    expect(assembly.stacks.flatMap((stack) => judge(stack, assembly, known))).toEqual([]);
    expect(assembly.stacks.length).toBeGreaterThanOrEqual(12);
  });

  test('production with a separate backup account breaks none of them either', () => {
    const settings = { ...ambassify, backup: { ...ambassify.backup, account: '444455556666' } };
    const assembly = judgedApp(synthesise(settings).app);
    expect(assembly.stacks.flatMap((stack) => judge(stack, assembly, rules))).toEqual([]);
  });

  test('what holds data in production is what was last reviewed: npm run schema writes it anew', () => {
    const { stacks } = judgedApp(synthesise().app);
    expect(statefulResourcesOf(stacks)).toEqual(knownResources('plans/ambassify/settings.yaml'));
  });

  test('every rule is in the table of docs/ARCHITECTURE.md, with its own words', () => {
    const text = readFileSync('docs/ARCHITECTURE.md', 'utf8');
    for (const { id, summary, why } of rules) expect(text).toContain(`| \`${id}\` | ${summary} | ${why} |`);
  });
});
