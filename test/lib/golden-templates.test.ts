import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { synthesise } from './production-templates.js';
import type { TemplateJson } from './production-templates.js';

/**
 * What each stack holds, for people to review: a logical id that changes is a resource that is replaced, and on a
 * database that is a database lost. Rewritten with UPDATE_GOLDEN=1.
 */
const folder = 'test/golden/templates';
const { stacks, templates } = synthesise();
const fileOf = (path: string): string => `${path.replace('/', '-').toLowerCase()}.txt`;

const summary = (path: string, template: TemplateJson): string => {
  const stack = stacks.get(path);
  const resources = Object.entries(template.Resources)
    .map(([id, { Type, DeletionPolicy }]) => `${Type.padEnd(44)}${id}${DeletionPolicy ? `  (${DeletionPolicy})` : ''}`)
    .sort();
  const parameters = Object.entries(template.Parameters ?? {}).map(
    ([name, { Default, AllowedValues }]) => `parameter ${name}: ${AllowedValues?.join(' | ')}, first ${Default}`,
  );
  return [`${stack?.stackName} in ${stack?.region}: ${template.Description}`, ...parameters, '', ...resources, ''].join('\n');
};

const summaries = [...templates].map(([path, template]) => [path, summary(path, template)] as const);

if (process.env['UPDATE_GOLDEN']) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of summaries) writeFileSync(`${folder}/${fileOf(path)}`, text);
}

test.each(summaries)('%s holds what was last reviewed', (path, text) => {
  expect(text).toBe(readFileSync(`${folder}/${fileOf(path)}`, 'utf8'));
});

test('every reviewed stack still exists', () => {
  expect(readdirSync(folder).sort()).toEqual([...templates.keys()].map(fileOf).sort());
});
