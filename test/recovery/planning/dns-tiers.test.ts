import { expect, it } from '@jest/globals';
import { dnsTiers } from '../../../recovery/planning/dns-tiers.js';
import { writtenControls } from '../../helpers/routing-controls.js';
import { sampleTargets } from '../../helpers/sample-targets.js';

const { global } = sampleTargets();
const look = { holds: true, observed: 'as it was looked at' } as const;
const said = (tiers: ReturnType<typeof dnsTiers>) => tiers.map(({ tier, available, observed }) => [tier, available, observed]);

it('of the two ways to move traffic, the one that DNS follows is the one that was looked at', () => {
  expect(said(dnsTiers(global, look))).toEqual([
    ['ARC routing controls', false, 'not configured: the global stage deploys no cluster'],
    ['health-check switch', true, 'as it was looked at'],
  ]);
  const tiers = dnsTiers({ ...global, routingControls: writtenControls }, look);
  expect(said(tiers)).toEqual([
    ['ARC routing controls', true, 'as it was looked at'],
    ['health-check switch', false, 'not followed: routing controls move traffic'],
  ]);
  expect(tiers[0]?.needs).toContain('us-east-1, us-west-2, eu-west-1, ap-northeast-1, ap-southeast-2');
});

it('where nobody looked, nobody knows', () => {
  expect(said(dnsTiers(null, null))[1]).toEqual([
    'health-check switch',
    'unknown',
    'nobody looked: this plan was made from its documents alone',
  ]);
});
