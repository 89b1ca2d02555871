import { describe, expect, it } from '@jest/globals';
import { taskGraph } from '../../../../recovery/planning/lint/kit/task-graph.js';
import { singleOwner as lint } from '../../../../recovery/planning/lint/single-owner.js';
import { ambassify, ask, found, step } from '../../../helpers/linted.js';

describe('one role that leads everything critical', () => {
  it("is found in Ambassify's plan: the written plan has the CTO lead both teams", () => {
    expect(lint.find({ ...ambassify, graph: taskGraph(ambassify.tasks) })).toEqual([
      {
        tasks: ambassify.tasks.map(({ id }) => id).filter((id) => id !== 'contact-partners-and-customers'),
        message:
          'every critical task is led by cto (teams: web-services, dev-ops), who also has authority before all others; ' +
          'have another role lead a team, or name a deputy as its leader',
      },
    ]);
  });

  it('is not there where another leads one critical task', () => {
    expect(found(lint, [step('a'), step('b')])).toHaveLength(1);
    expect(found(lint, [step('a'), { ...step('b'), leader: 'ceo' }])).toEqual([]);
  });

  it('is there still where another leads only what is not critical, or is merely told', () => {
    expect(found(lint, [step('a'), step('b'), { ...step('c'), leader: 'ceo', critical: false }, ask('told')])).toHaveLength(1);
    expect(found(lint, [step('a'), step('b', 'asked'), ask('asked')])).toEqual([]);
  });

  it('is worse where nobody else may decide, and no part of it where another decides first', () => {
    const told = (succession: readonly string[]) => found(lint, [step('a'), step('b')], { succession })[0]?.message;
    expect(told(['cto'])).toContain('(teams: dev-ops), who also has authority alone;');
    expect(told(['ceo', 'cto'])).toContain('(teams: dev-ops); have');
  });
});
