import { describe, expect, it } from '@jest/globals';
import { dataRowsAreReadable } from '../../../recovery/checks/data-rows-are-readable.js';
import { sqlAnswersThroughApplication } from '../../../recovery/checks/sql-answers-through-application.js';
import { webAnswersFromSite } from '../../../recovery/checks/web-answers-from-site.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

const info = { site: 'frankfurt', epoch: null, writable: false, reason: 'no epoch', database: 'reachable', engineVersion: '18.4' };
const answering = (answers: Readonly<Record<string, { status?: number; body: unknown }>>): RecoveryWorld => {
  const world = recoveryWorld();
  for (const [path, answer] of Object.entries(answers)) world.website.set(path, () => answer);
  return world;
};
const healthy = { '/health': { body: { status: 'ok' } }, '/info': { body: info } };

describe('web.answers-from-site', () => {
  it('holds when the load balancer leads to this site and its database is reachable', async () => {
    const world = answering(healthy);
    expect(await askCheck(webAnswersFromSite, {}, world)).toMatchObject({ holds: true });
    expect(new Set(world.requests.map((request) => request.split('/')[0]))).toEqual(new Set(['frankfurt.origin.example.com']));
  });

  it.each<[string, object]>([
    ['another site answers', { ...info, site: 'dublin' }],
    ['its database is out of reach', { ...info, database: 'unreachable' }],
    ['it has no database', { ...info, database: 'none' }],
  ])('does not hold when %s', async (_why, body) => {
    expect(await askCheck(webAnswersFromSite, {}, answering({ ...healthy, '/info': { body } }))).toMatchObject({ holds: false });
  });

  it.each<[string, Readonly<Record<string, { status?: number; body: unknown }>>]>([
    ['nobody answers', {}],
    ['it is not healthy', { ...healthy, '/health': { status: 503, body: { error: 'database' } } }],
    ['it answers something else', { ...healthy, '/info': { body: 'welcome' } }],
  ])('is unknown, and so not yes, when %s', async (_why, answers) => {
    expect(await askCheck(webAnswersFromSite, {}, answering(answers))).toMatchObject({ holds: 'unknown' });
  });

  it('waits for a site that is still starting', async () => {
    const world = recoveryWorld();
    const readyAt = world.now() + 60_000;
    world.website.set('/health', () => (world.now() < readyAt ? { status: 503, body: {} } : { body: {} }));
    world.website.set('/info', () => ({ body: info }));
    expect(await askCheck(webAnswersFromSite, {}, world)).toMatchObject({ holds: true });
    expect(world.now()).toBe(readyAt);
  });
});

describe('sql.answers-through-application', () => {
  const sql = { read: true, write: true, rows: 12, engineVersion: '18.4' };

  it('holds when the application reads and writes', async () => {
    const answer = await askCheck(sqlAnswersThroughApplication, {}, answering({ '/sql-check': { body: sql } }));
    expect(answer).toMatchObject({ holds: true, observed: 'read works, write works, 12 rows, PostgreSQL 18.4' });
  });

  it.each<[string, { status?: number; body: unknown }, false | 'unknown']>([
    ['no when writing does not work', { body: { ...sql, write: false } }, false],
    [
      'unknown when the login is refused',
      { status: 503, body: { error: 'database', reason: 'password authentication failed' } },
      'unknown',
    ],
  ])('is %s', async (_what, answer, holds) => {
    expect(await askCheck(sqlAnswersThroughApplication, {}, answering({ '/sql-check': answer }))).toMatchObject({ holds });
  });
});

describe('data.rows-are-readable', () => {
  it('holds on rows; an empty table may be a lost one, and is unknown', async () => {
    for (const [count, holds] of [
      [4711, true],
      [0, 'unknown'],
    ] as const) {
      const answer = await askCheck(dataRowsAreReadable, {}, answering({ '/orders/count': { body: { count } } }));
      expect(answer).toMatchObject({ holds, observed: `${count} rows` });
    }
  });

  it('is unknown when what came is not a count', async () => {
    expect(await askCheck(dataRowsAreReadable, {}, answering({ '/orders/count': { body: { count: '12' } } }))).toMatchObject({
      holds: 'unknown',
    });
  });
});
