import { describe, expect, it } from '@jest/globals';
import { problemsIn, toldOfTwoSystems as told, twoSystems } from '../../helpers/spoilt-plan.js';

describe('systems', () => {
  it('are named before anything is carried out for each of them', () => {
    const none = twoSystems['contingency-plan.yaml']!.replace(/systems:\n[^]*(?=phases:)/, '');
    expect(
      problemsIn({ ...twoSystems, 'contingency-plan.yaml': none })?.map(({ file, fix }) => `${file.split('/').at(-1)} ${fix}`),
    ).toEqual(
      ['data.yaml procedures.1', 'data.yaml procedures.2', 'service.yaml procedures.0', 'afterwards.yaml procedures.0'].map(
        (place) => `${place}.for: the contingency plan names no systems; add them there, or remove this`,
      ),
    );
  });

  it('have ids of their own, and facts that are values', () => {
    expect(told('contingency-plan.yaml', ['- id: billing', '- id: archive'])).toEqual([
      expect.stringContaining('another system has this id'),
    ]);
    expect(told('contingency-plan.yaml', ['standby: billing-standby', 'title: billing-standby'])).toEqual([
      expect.stringContaining('every system has its title as a fact already'),
      expect.stringContaining('the system billing has no fact standby'),
    ]);
    expect(told('contingency-plan.yaml', ['standby: billing-standby', 'standby: "${a.b}"'])).toEqual([
      expect.stringContaining('a fact is the value itself; write it without a reference'),
    ]);
    expect(told('contingency-plan.yaml', ['- id: billing', '- id: billing--two'])).toEqual([
      expect.stringContaining('lower-case words joined by dashes'),
    ]);
    expect(told('contingency-plan.yaml', ['critical: true', 'critical: 1'])).toEqual([expect.stringContaining('write true or false')]);
  });
});

describe('a reference to a system', () => {
  it('is to a fact that every system has', () => {
    expect(told('service.yaml', ['${system.endpoint}', '${system.endpont}'])).toEqual([
      '13:27 procedures.0.tasks.0.with.endpoint: the system archive has no fact endpont; did you mean endpoint?',
    ]);
    expect(told('contingency-plan.yaml', ['standby: billing-standby, ', ''])).toEqual([
      expect.stringContaining('the system billing has no fact standby; it has: endpoint, since, id, title; add it'),
    ]);
  });

  it('stands in a procedure for systems', () => {
    expect(told('service.yaml', ['    for: systems\n', ''])).toEqual([
      expect.stringContaining('this task is for no system; say for: systems in its procedure'),
    ]);
    expect(told('data.yaml', ['request: Tell its owner that the data is back', 'request: "Tell ${system.title}"'])).toEqual([
      expect.stringContaining('a request is read as it is written'),
    ]);
    expect(told('service.yaml', ['id: smoke-tests', 'id: system'])).toEqual([
      expect.stringContaining('takes a fact of the system; choose another id'),
    ]);
  });

  it('gives a step what it can take, for each system', () => {
    const since = 'uses: fence.outwait-lease\n        with: { raisedAt: "${system.since}" }';
    expect(told('data.yaml', ['uses: rds.set-master-password\n        with: { instance: "${restore-database.instance}" }', since])).toEqual(
      [],
    );
    const wrong = since.replace('since', 'standby');
    expect(told('data.yaml', ['uses: rds.set-master-password\n        with: { instance: "${restore-database.instance}" }', wrong])).toEqual(
      [expect.stringContaining('fence.outwait-lease: for the system archive, write a moment in UTC')],
    );
  });
});

describe('the output of what is done for each system', () => {
  it('is taken by what is done for each system as well', () => {
    expect(told('service.yaml', ['checks: [{ uses: web.answers-from-site }]', 'checks: [{ uses: database.is-private, with: { instance: "${restore-database.instance}" } }]'])).toEqual([
      expect.stringContaining('restore-database is done for each system, and smoke-tests once for all: there is no one instance to take'),
    ]); // prettier-ignore
  });

  it('comes from a phase before, by a need or a barrier', () => {
    expect(told('afterwards.yaml', ['    needs: [see-databases]\n', ''])).toEqual([
      expect.stringContaining('look-back must need restore, whose task restore-database gives this'),
    ]);
    const barrier = twoSystems['contingency-plan.yaml']!.replace('runbook: afterwards.yaml', 'runbook: afterwards.yaml, barrier: true');
    const afterwards = twoSystems['afterwards.yaml']!.replace('    needs: [see-databases]\n', '');
    expect(problemsIn({ ...twoSystems, 'contingency-plan.yaml': barrier, 'afterwards.yaml': afterwards })).toBeNull();
    expect(problemsIn({ ...twoSystems, 'afterwards.yaml': twoSystems['afterwards.yaml']!.replace('[see-databases]', '[start, point]') })).toBeNull(); // prettier-ignore
  });
});

describe('phases', () => {
  it('that cannot be read are not blamed on those that name what is in them', () => {
    expect(problemsIn({ ...twoSystems, 'data.yaml': 'phase: [' })?.map(({ file }) => file)).toEqual(['plans/ambassify/data.yaml']);
  });

  it('need what is before them, and share no id', () => {
    expect(told('data.yaml', ['needs: [choose]', 'needs: [choose, start]'])).toEqual([
      expect.stringContaining('this is done in a later phase'),
    ]);
    expect(told('afterwards.yaml', ['needs: [see-databases]', 'needs: [see-database]'])).toEqual([
      expect.stringContaining('did you mean see-databases?'),
      expect.stringContaining('look-back must need restore'),
    ]);
    expect(told('afterwards.yaml', ['id: engine-is-current', 'id: smoke-tests'], ['id: look-back', 'id: start'])).toEqual([
      expect.stringContaining('a procedure of an earlier phase has this id'),
      expect.stringContaining('a task of an earlier phase has this id'),
    ]);
  });

  it('belong to the modes there are, and some to the one that is planned', () => {
    expect(told('contingency-plan.yaml', ['modes: [failover, drill]', 'modes: [failovr, drill]'])).toEqual([
      expect.stringContaining('write drill or failover or switchover or failback'),
    ]);
    const drills = twoSystems['contingency-plan.yaml']!.replace(/runbook: (data|afterwards).yaml/g, '$&, modes: [drill]').replace(
      'failover, drill',
      'drill',
    );
    expect(problemsIn({ ...twoSystems, 'contingency-plan.yaml': drills })?.map(({ fix }) => fix)).toEqual([
      'phases: no phase belongs to a failover; add failover to the modes of those that do',
    ]);
  });
});

describe('a condition', () => {
  const when = (condition: string) => told('data.yaml', ['{ fact: facts.database.multiAz, is: true }', condition]);

  it('is on a fact of the survey, of its own type', () => {
    expect(when('{ fact: facts.database.multiaz, is: true }')).toEqual([expect.stringContaining('did you mean facts.database.multiAz?')]);
    expect(when('{ fact: facts.web, is: 2 }')).toEqual([expect.stringContaining('name one of: facts.web.activeCount, facts.web.image')]);
    expect(when('{ fact: nothing, is: 2 }')).toEqual([expect.stringContaining('it begins with facts., site. or global.')]);
    expect(when('{ fact: site.activeCount, is: "2" }')).toEqual([
      expect.stringContaining('site.activeCount is a number, and never this; write one'),
    ]);
    expect(when('{ fact: site.vault, isNot: 2 }')).toEqual([expect.stringContaining('site.vault is a text in quotes')]);
    expect(when('{ fact: facts.database.parameters.rds.force_ssl, is: "1" }')).toEqual([]);
  });

  it('compares once', () => {
    expect(when('{ fact: site.vault }')).toEqual([expect.stringContaining('write one of is and isNot')]);
    expect(when('{ fact: site.vault, is: a, isNot: b }')).toEqual([expect.stringContaining('write one of is and isNot')]);
    expect(when('{ fact: site.vault, is: [a] }')).toEqual(
      expect.arrayContaining([expect.stringContaining('write text, a number, or true or false')]),
    );
    expect(when('often')).toEqual([expect.stringContaining('write keys with values')]);
  });

  it('is also that of whoever takes the output', () => {
    const restore = ['- id: restore-database\n        title: Restore it', '- id: restore-database\n        title: Restore it\n        when: { fact: site.activeCount, is: 2 }'] as [string, string]; // prettier-ignore
    const tells = 'restore-database is left out where its condition does not hold, and there is nothing to take then';
    expect(told('data.yaml', restore).filter((one) => one.includes(tells)).map((one) => one.split('; ').at(-1))).toEqual([
      'give set-password the same condition',
      'give database-is-safe the same condition',
      'give engine-is-current the same condition',
    ]);
    const same = restore[1].split('\n').at(-1)!;
    expect(
      told('data.yaml', restore, ['title: Give it a login', `title: Give it a login\n${same}`], ['title: It is private', `title: It is private\n${same}`]).filter((one) => one.includes('set-password') || one.includes('database-is-safe')),
    ).toEqual([]);
  }); // prettier-ignore
});
