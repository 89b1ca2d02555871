import { expect, test } from '@jest/globals';
import { acknowledgements, nagFindings } from '../../lib/nag-findings.js';
import { synthesise } from './production-templates.js';

const { app } = synthesise();

test('production is clean by AWS Solutions, in every stage', () => {
  const [clean] = nagFindings(app);
  const { pack, findings } = clean!;
  expect(pack).toBe('AwsSolutions');
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([]);
});

test('whatever is acknowledged says why, in a sentence', () => {
  const all = acknowledgements(app);
  expect(all.length).toBeGreaterThan(0);
  for (const { rule, reason } of all) expect({ rule, words: reason.split(' ').length > 4 }).toEqual({ rule, words: true });
});
