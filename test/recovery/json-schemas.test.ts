import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { jsonSchemas } from '../../recovery/planning/json-schemas.js';

describe('schemas for editors', () => {
  it.each(Object.entries(jsonSchemas()))('recovery/schema/%s is what the code says (npm run schema)', (file, text) => {
    expect(readFileSync(`recovery/schema/${file}`, 'utf8')).toBe(text);
  });

  it.each(['settings', 'contingency-plan', 'recovery'])('plans/ambassify/%s.yaml names its schema in its first line', (name) => {
    const [first] = readFileSync(`plans/ambassify/${name}.yaml`, 'utf8').split('\n');
    expect(first).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/recovery\/schema\/(settings|contingency-plan|runbook)\.json$/);
  });
});
