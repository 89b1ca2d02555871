import { expect } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Compares a text with the one a person reviewed last, in test/golden/; rewritten with UPDATE_GOLDEN=1. */
export const expectGolden = (name: string, text: string): void => {
  const file = `test/golden/${name}`;
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
};
