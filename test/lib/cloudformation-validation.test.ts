import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cdkContext } from './production-templates.js';

// Elsewhere in the tests CDK's own CloudFormation validator is off (test/setup.mjs): it costs seconds, and threads that outlive a test.
const synthesise = (settings: string) => {
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  const { CDK_VALIDATION: _off, ...environment } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    env: { ...environment, CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext, settings }), CDK_OUTDIR: outdir },
    encoding: 'utf8',
  });
  return { status, stderr, outdir };
};

test('production passes the validator that is built into CDK', () => {
  const { status, stderr, outdir } = synthesise('plans/ambassify/settings.yaml');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toHaveLength(15);
}, 60_000);

test('that validator refuses what CloudFormation would, from any settings file', () => {
  const settings = join(mkdtempSync(join(tmpdir(), 'settings-')), 'settings.yaml');
  writeFileSync(settings, readFileSync('plans/ambassify/settings.yaml', 'utf8').replace('db.t4g.medium', 'db.q9.huge'));
  const { status, stderr } = synthesise(settings);
  expect(status).toBe(1);
  expect(stderr).toMatch(/Validation failed/);
}, 60_000);
