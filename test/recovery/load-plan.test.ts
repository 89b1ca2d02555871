import { describe, expect, it } from '@jest/globals';
import { durationSeconds } from '../../recovery/planning/duration.js';
import { loadChanged, originalOf, problemsOf, spoilt, toldOf } from '../helpers/spoilt-plan.js';

const settings = (...changes: [string, string][]) => toldOf('settings.yaml', spoilt('settings.yaml', ...changes));
const plan = (...changes: [string, string][]) => toldOf('contingency-plan.yaml', spoilt('contingency-plan.yaml', ...changes));
const runbook = (...changes: [string, string][]) => toldOf('recovery.yaml', spoilt('recovery.yaml', ...changes));
const tasks = (text: string) =>
  toldOf('recovery.yaml', `phase: recovery\nprocedures:\n  - { id: p, title: P, team: dev-ops, planLine: 1, tasks: [${text}] }\n`);
const choose = 'uses: backup.choose-recovery-point';

describe("the organisation's documents", () => {
  it('are valid, and name the eight tasks of the written plan with their teams', () => {
    expect(loadChanged().phases[0]?.runbook.procedures.map(({ planLine, team }) => [planLine, team])).toEqual([
      [102, 'web-services'],
      [103, 'web-services'],
      [104, 'dev-ops'],
      [105, 'web-services'],
      [106, 'dev-ops'],
      [107, 'dev-ops'],
      [108, 'web-services'],
      [109, 'dev-ops'],
    ]);
  });

  it('report every problem of every file at once, down the page, with line, column, value and what to change', () => {
    const problems = problemsOf({
      'recovery.yaml': spoilt('recovery.yaml', ['team: dev-ops', 'team: devops']),
      'settings.yaml': spoilt('settings.yaml', ['cpu: 256', 'cpu: many'], ['webName:', 'webname:']),
      'contingency-plan.yaml': spoilt('contingency-plan.yaml', ['PT24H #', 'tomorrow #']),
    });
    expect(problems?.map(({ file, line, column, value, fix }) => [`${file}:${line}:${column}`, value, fix.split('; ').at(-1)])).toEqual([
      ['plans/ambassify/settings.yaml:6:1', 'webname', 'did you mean webName?'],
      ['plans/ambassify/settings.yaml:17:8', 'many', expect.stringContaining('web.cpu: write a number, not text')],
      ['plans/ambassify/contingency-plan.yaml:17:8', 'tomorrow', expect.stringContaining('write a duration such as P1W')],
      ['plans/ambassify/recovery.yaml:29:11', 'devops', 'did you mean dev-ops?'],
    ]);
  });

  it('that are missing are named, and the others are checked nevertheless', () => {
    const problems = problemsOf({
      'contingency-plan.yaml': spoilt('contingency-plan.yaml', ['runbook: recovery.yaml', 'runbook: recover.yaml']),
      'settings.yaml': spoilt('settings.yaml', ['cpu: 256', 'cpu: many']),
    });
    expect(problems?.map(({ file, fix }) => `${file} ${fix}`)).toEqual([
      expect.stringContaining('settings.yaml web.cpu'),
      expect.stringContaining('plans/ambassify/recover.yaml there is no such file'),
    ]);
  });
});

describe('settings', () => {
  it('in the wrong type are told how to write them', () => {
    expect(settings(['account: "111122223333"', 'account: 011122223333'])).toEqual([
      '4:10 account: write it in quotes, as "011122223333"; without them it is a number (AWS account id of production)',
    ]);
    expect(settings(['containerPort: 8080', 'containerPort: "8080"'])).toEqual(['14:18 web.containerPort: write 8080 without quotes']);
    expect(settings(['retentionDays: 35', 'retentionDays: 3.5'])).toEqual(['32:57 backup.retentionDays: write a whole number, not 3.5']);
    expect(settings(['domain: ambassify.example', 'domain:'])[0]).toMatch(/^5:8 domain: there is no value; write text/);
    expect(settings(['fence: { leaseSeconds: 30, clockSkewSeconds: 5 }', 'fence: [30, 5]'])).toEqual([
      '31:8 fence: write keys with values, not a list',
    ]);
  });

  it('out of range are told the range', () => {
    expect(settings(['activeCount: 2', 'activeCount: 0'])[0]).toContain('a number of at least 1');
    expect(settings(['listenerPort: 443', 'listenerPort: 65536'])[0]).toContain('a number of at most 65535');
    expect(settings(['retentionDays: 35', 'retentionDays: 1e999'])).toHaveLength(1);
  });

  it('that contradict each other are told so, whatever else is wrong', () => {
    const told = settings(
      ['region: eu-central-1', 'region: eu-west-1'],
      ['witnessRegion: eu-west-3', 'witnessRegion: eu-west-1'],
      ['webName: www.ambassify.example', 'webName: www.example.com'],
      ['cpu: 256', 'cpu: many'],
    );
    expect(told).toEqual([
      '6:10 webName: must be a name inside ambassify.example',
      '9:41 sites.alternate.region: must not be the region of the primary',
      '10:16 witnessRegion: must not be the region of the primary',
      expect.stringContaining('web.cpu'),
    ]);
  });
});

describe('a contingency plan', () => {
  it('names no role that nobody has, and none twice in the succession', () => {
    expect(plan(['[cto, ceo, coo]', '[cto, cfo, cto]'])).toEqual([
      '5:19 succession.1: there is no such role; did you mean cto?',
      '5:24 succession.2: this role stands above already, and can succeed nobody twice; keep one',
    ]);
    expect(plan(['leader: cto', 'leader: constructor'])[0]).toContain('14:54 teams.0.leader: there is no such role');
    expect(plan(['owners: [security-officer,', 'owners: [toString,'])).toHaveLength(2);
  });

  it('has durations of fixed length, e-mail addresses, and no phase or team twice', () => {
    expect(plan(['rto: PT24H', 'rto: P1M'])[0]).toContain('17:8 objectives.rto: write a duration such as');
    expect(plan(['rto: PT24H', 'rto: PT0S'])[0]).toContain('no time at all');
    expect(plan(['rto: PT24H', 'rto: PT72H'])).toEqual([
      '17:8 objectives.rto: longer than the maximum tolerable downtime, PT48H; lower one or raise the other',
    ]);
    expect(plan(['cto@example.com', 'cto'])[0]).toContain('write an e-mail address such as');
    expect(plan(['phases:', 'phases:\n  - { id: recovery, title: R, runbook: recovery.yaml }'])[0]).toContain(
      'this phase is there already',
    );
    expect(plan(['- { id: dev-ops', '- { id: web-services'])[0]).toContain('another team has this id');
  });

  it('leads to runbooks beside it and nowhere else', () => {
    expect(plan(['runbook: recovery.yaml', 'runbook: ../../../etc/passwd'])[0]).toContain('the name of a YAML file beside this one');
  });
});

describe('a runbook', () => {
  it('names procedures, tasks, teams, roles, steps and checks that exist, or is told the nearest', () => {
    const told = runbook(
      ['owner: customer-success', 'owner: customers-success'],
      ['uses: site.stands-ready', 'uses: site.stand-ready'],
      ['needs: [assess-damage]', 'needs: [asses-damage]'],
      ['needs: [choose-recovery-point]', 'needs: [choose-recovery-point, chose-recovery-point]'],
      ['uses: rds.set-master-password', 'uses: rds.set-password'],
    );
    expect(told.map((one) => one.split('; ').at(-1))).toEqual([
      'did you mean customer-success?',
      'did you mean site.stands-ready?',
      'did you mean assess-damage?',
      'did you mean choose-recovery-point?',
      'did you mean rds.set-master-password?',
    ]);
    expect(tasks('{ id: a, title: A, uses: what.ever }')[0]).toContain('name one of: backup.choose-recovery-point, ');
  });

  it('says of each task what is done', () => {
    expect(tasks('{ id: a, title: A }')).toEqual(['3:60 procedures.0.tasks.0: say what is done here: write one of uses, checks, ask']);
    expect(tasks('{ id: a, title: A, chekcs: [{ uses: site.stands-ready }] }')).toEqual([
      '3:79 procedures.0.tasks.0.chekcs: there is no key chekcs here; did you mean checks?',
    ]);
    expect(tasks(`{ id: a, title: A, ${choose}, ask: {} }`)[0]).toContain('there is no key ask here');
    expect(tasks('nothing')[0]).toContain('write keys with values, not text');
  });

  it('has no task that needs itself, directly or in a circle', () => {
    expect(tasks(`{ id: a, title: A, ${choose}, needs: [a] }`)).toEqual([expect.stringContaining('a needs itself; remove this need')]);
    expect(tasks(`{ id: a, title: A, ${choose}, needs: [b] }, { id: b, title: B, ${choose}, needs: [a] }`)).toEqual([
      expect.stringMatching(/these need each other in a circle, [ab] → [ab] → [ab]; remove one need/),
    ]);
    expect(runbook(['    planLine: 103', '    planLine: 103\n    needs: [update-dns]'])).toEqual([expect.stringContaining('in a circle')]);
  });

  it('has ids that are unique', () => {
    expect(tasks(`{ id: a, title: A, ${choose} }, { id: a, title: A, ${choose} }`)[0]).toContain('unique in the whole runbook');
    expect(runbook(['- id: assess-damage', '- id: contact-partners-and-customers'])[0]).toContain('another procedure has this id');
    expect(runbook(['phase: recovery', 'phase: activation'])[0]).toContain('names this runbook for the phase recovery');
  });
});

describe('a reference', () => {
  const given = (text: string, needs = '[a]') =>
    tasks(
      `{ id: a, title: A, ${choose} }, { id: g, title: G, checks: [{ uses: site.stands-ready }] }, ` +
        `{ id: b, title: B, uses: backup.restore-database, needs: ${needs}, with: { recoveryPointArn: "${text}" } }`,
    );

  it('is to a field that a task before it produces', () => {
    expect(given('${a.recoveryPointArn}')).toEqual([]);
    expect(given('${a.recoveryPoint}')[0]).toContain('a has no field recoveryPoint; did you mean recoveryPointArn?');
    expect(given('${a.x}')[0]).toContain('it has: recoveryPointArn, snapshotAt, completedAt');
    expect(given('${constructor.x}')[0]).toContain('there is no such task');
    expect(given('${b.job}')[0]).toContain('cannot take its own output');
    expect(given('${g.x}', '[g]')[0]).toContain('g has no output to take from');
    expect(given('${a.recoveryPointArn}', '[]')[0]).toContain('b must need a, whose output it takes');
    expect(runbook(['needs: [replicate-environment]', 'needs: []'])).toEqual([]);
    expect(runbook(['team: dev-ops\n    planLine: 107\n    needs: [replicate-environment]', 'team: dev-ops\n    planLine: 107'])).toEqual([
      expect.stringContaining('assure-patched must need replicate-environment'),
      expect.stringContaining('assure-patched must need replicate-environment'),
    ]);
  });

  it('is the whole value, and of one form', () => {
    for (const text of ['${a}', 'x ${a.recoveryPointArn}', '${a.b.c}', '${', '${A B.c}'])
      expect(given(text)).toEqual([expect.stringContaining('a reference is the whole value')]);
  });
});

describe('what a step is given', () => {
  it('is what it takes, checked before anything starts', () => {
    expect(runbook(['with: { endpoint: "${restore-database.endpoint}" }', 'with: { endpont: db.example.com }'])).toEqual([
      '55:17 procedures.2.tasks.4.with.endpont: ssm.point-application: there is no key endpont here; did you mean endpoint?',
    ]);
    expect(runbook(['with: { raisedAt: "${raise-epoch.raisedAt}" }', 'with: { raisedAt: yesterday }'])).toEqual([
      expect.stringContaining('fence.outwait-lease: write a moment in UTC such as 2030-01-01T02:00:00Z'),
    ]);
    expect(runbook(['        with: { recoveryPointArn: "${choose-recovery-point.recoveryPointArn}" }\n', ''])[0]).toContain(
      'missing; add it',
    );
    expect(runbook(['uses: dns.cut-over', 'uses: dns.cut-over\n        with: [1]'])).toEqual([
      expect.stringContaining('write keys with values'),
    ]);
  });
});

describe('text that is no plan', () => {
  const told = (text: string) => toldOf('settings.yaml', text);
  const original = originalOf('settings.yaml');

  it.each([
    ['empty', '', '1:1 nothing is written here'],
    ['only comments', '# nothing\n', '1:1 nothing is written here'],
    ['a list', '- a\n', '1:1 the document: write keys with values, not a list'],
    ['bytes', 'a: b\nc: \u0000\u0001', '2:4 not a character of a text'],
    ['not UTF-8', 'a: \ufffd', '1:4 not a character of a text'],
    ['turned around', 'a: \u202eb', '1:4 not a character of a text'],
    ['too long', 'a: b\n'.repeat(60_000), 'a document has at most 262144 characters'],
    ['indented by tabs', 'a:\n\tb: 1', '2:1 a tab; indent with spaces'],
    ['nested without end', `a: ${'['.repeat(5_000)}`, 'nested too deeply'],
    ['an open quote', 'a: "b\n', 'quote'],
  ])('is refused with its place: %s', (_name, text, expected) => expect(told(text).join('\n')).toContain(expected));

  it('written in more than one way is refused: keys twice, documents twice, aliases, tags, names of the language', () => {
    expect(told(`${original}\ndomain: other.example\n`).join('\n')).toContain('35:1 this key was written above already');
    expect(told(`${original}---\na: b\n`)).toEqual([expect.stringContaining('34:1 a second document begins here')]);
    expect(told(spoilt('settings.yaml', ['cpu: 256', 'cpu: &n 256'], ['memoryMiB: 512', 'memoryMiB: *n']))).toEqual([
      '18:14 write it out; aliases (*name) are not used in a plan',
    ]);
    expect(told(spoilt('settings.yaml', ['name: dublin', 'name: !secret dublin']))[0]).toContain('remove the tag');
    expect(told(`${original}__proto__: { polluted: true }\n`)[0]).toContain('34:1 no key is called that');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(told(`${original}constructor: 1\n`)).toEqual([expect.stringContaining('there is no key constructor here')]);
    expect(told(`${original}? [a, b]\n: c\n`)[0]).toContain('a key is one word');
  });

  it('an alias bomb costs nothing', () => {
    const bomb = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    expect(told(`a0: &a0 [x]\n${bomb.join('\n')}\n`)).toHaveLength(270);
  });
});

describe('a duration', () => {
  it('is weeks to seconds, and nothing whose length varies', () => {
    expect(durationSeconds('P1DT1H1M1.5S')).toBe(90_061.5);
    for (const text of ['P1M', 'P1Y', 'P', 'PT', 'P1DT', 'PT99999H', '24H', '', 'PT-1H'])
      expect(() => durationSeconds(text)).toThrow('is not a duration');
  });
});
