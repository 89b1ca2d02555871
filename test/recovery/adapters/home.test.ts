import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeAt, readPlan, savePlan } from '../../../recovery/adapters/home.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import type { Plan } from '../../../recovery/model/plan.js';
import { samplePlan } from '../../helpers/sample-plan.js';

describe('a plan that was saved', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'home-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is read back by its hash, and refused once a word of it was changed', async () => {
    const home = homeAt(directory);
    const plan = samplePlan([{ id: 'a' }]);
    const hash = hashOf(plan);
    await savePlan(home, plan, hash);
    expect(await readPlan(home, hash)).toEqual(plan);
    await writeFile(home.plan(hash), (await readFile(home.plan(hash), 'utf8')).replace('eu-central-1', 'us-west-2'));
    await expect(readPlan(home, hash)).rejects.toMatchObject({ kind: 'invalid', code: 'plan-altered' });
  });

  it('by an older altsite is read back with what has been added since', async () => {
    const home = homeAt(directory);
    const { leftOut: _none, ...plan } = samplePlan([{ id: 'a' }]);
    const { system: _system, critical: _critical, writes: _writes, duration: _duration, ...task } = plan.tasks[0]!;
    const older = { ...plan, tasks: [task] } as unknown as Plan;
    await savePlan(home, older, hashOf(older));
    expect(await readPlan(home, hashOf(older))).toMatchObject({
      leftOut: [],
      tasks: [{ id: 'a', system: null, critical: true, writes: [], duration: { expectedSeconds: 60, latestSeconds: 600, samples: 0 } }],
    });
  });
});
