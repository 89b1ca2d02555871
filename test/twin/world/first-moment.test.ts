import { expect, test } from '@jest/globals';
import { firstMoment } from '../../../twin/world/first-moment.js';

test.each([
  ['2026-11-23T15:00:00Z', '2026-11-24T02:00:00.000Z'],
  ['2026-11-23T00:59:59Z', '2026-11-23T02:00:00.000Z'],
  ['2026-11-23T01:00:00Z', '2026-11-23T02:00:00.000Z'],
  ['2026-11-23T01:00:01Z', '2026-11-24T02:00:00.000Z'],
  ['2026-11-23T23:30:00Z', '2026-11-24T02:00:00.000Z'],
])('a world that is started at %s begins at %s', (real, begins) => {
  expect(new Date(firstMoment(Date.parse(real))).toISOString()).toBe(begins);
});
