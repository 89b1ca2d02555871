import { describe, expect, it } from '@jest/globals';
import { checks } from '../../recovery/checks/index.js';
import { main } from '../../recovery/cli/main.js';
import { planText } from '../../recovery/cli/plan-text.js';
import { plan } from '../../recovery/planning/plan.js';
import { planOverview } from '../../recovery/planning/plan-overview.js';
import { steps } from '../../recovery/steps/index.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { expectGolden } from '../helpers/golden.js';
import { documents } from '../helpers/recovery-line.js';
import { sampleTargets } from '../helpers/sample-targets.js';

const at = '2030-01-01T03:12:00.000Z';
const facts = ['facts', 'site', 'global'].map((name) => ({ name, source: `ssm:GetParameter ${name}`, at }));
const quotas = [
  { name: 'rds:DBInstances', region: 'eu-central-1', used: 0, limit: 40, source: 'rds:DescribeAccountAttributes in eu-central-1' },
  { name: 'rds:AllocatedStorage', region: 'eu-central-1', used: 0, limit: 100_000, source: 'rds:DescribeAccountAttributes in eu-central-1' },
];
const made = plan(documents, { targets: sampleTargets(), facts, quotas }, { steps, checks }, 'failover', 'twin').plan;
const overview = planOverview(made, '3f2a'.repeat(16), { holds: true, observed: 's3://example-frankfurt-switch/cut-over in eu-central-1 can be asked, and is not thrown' });

describe('a plan before it is started', () => {
  it('is what was last reviewed, within a terminal of 100 columns', () => {
    const text = planText(overview);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expectGolden('cli/plan.txt', text);
  });

  it('is what was last reviewed, made from the documents alone', async () => {
    const { console, said } = capturedConsole();
    expect(await main(['plan', '--offline'], console)).toBe(0);
    expectGolden('cli/plan-offline.txt', said.out);
  });

  it('knows what it did not look at', () => {
    const { dns, plan: hash } = planOverview({ ...made, targets: null, survey: [] }, null, null);
    expect(hash).toBeNull();
    expect(dns.map(({ available }) => available)).toEqual([false, 'unknown']);
  });

  it('puts what decides the duration on the critical path, and the fence at the point of no return', () => {
    expect(overview.criticalPath).toEqual(expect.arrayContaining(['restore-database', 'test-alerting', 'cut-over', 'prove-dns']));
    expect(overview.criticalPath).not.toContain('contact-partners-and-customers');
    expect(overview.pointOfNoReturn?.task).toBe('raise-epoch');
    const spent = overview.tasks.filter(({ critical }) => critical).reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
    expect(overview.expected).toEqual({ seconds: spent, objectiveSeconds: 86_400, within: true });
  });

  it.each([
    [['plan', '--mode', 'drill'], 'unknown-mode', '--mode drill cannot be planned yet'],
    [['plan'], 'no-twin', '--offline'],
  ])('is refused: %j', async (argv, code, message) => {
    const { console, said } = capturedConsole({ ALTSITE_HOME: '/nonexistent' });
    expect(await main([...argv, '--json'], console)).toBe(2);
    expect(JSON.parse(said.out)).toMatchObject({ error: { code, message: expect.stringContaining(message) as unknown } });
  });
});
