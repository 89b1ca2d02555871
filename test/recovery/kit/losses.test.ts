import type { Change, ResourceChange } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from '@jest/globals';
import { statefulTypes } from '../../../lib/contract/stateful-types.js';
import { lossesIn } from '../../../recovery/kit/losses.js';

const change = (resource: ResourceChange): Change => ({ Type: 'Resource', ResourceChange: { LogicalResourceId: 'It', ...resource } });

describe('what a change set would lose', () => {
  it.each(statefulTypes)(
    '%s: replaced, perhaps replaced, or removed is a loss; added, imported or changed in place is none',
    (ResourceType) => {
      const losing = [
        { Action: 'Modify', Replacement: 'True' },
        { Action: 'Modify', Replacement: 'Conditional' },
        { Action: 'Modify' },
        { Action: 'Remove' },
        { Action: 'Dynamic' },
      ] as const;
      for (const one of losing) expect({ one, losses: lossesIn([change({ ...one, ResourceType })]).length }).toEqual({ one, losses: 1 });
      const harmless = [{ Action: 'Add' }, { Action: 'Import' }, { Action: 'Modify', Replacement: 'False' }] as const;
      for (const one of harmless) expect({ one, losses: lossesIn([change({ ...one, ResourceType })]) }).toEqual({ one, losses: [] });
    },
  );

  it('what holds no data may be replaced and removed', () => {
    const ResourceType = 'AWS::ECS::TaskDefinition';
    const changes = [change({ ResourceType, Action: 'Modify', Replacement: 'True' }), change({ ResourceType, Action: 'Remove' })];
    expect(lossesIn(changes)).toEqual([]);
  });

  it('names the property that is to blame, and not those that change in place', () => {
    const losses = lossesIn([
      change({
        ResourceType: 'AWS::RDS::DBInstance',
        Action: 'Modify',
        Replacement: 'True',
        Details: [
          { Target: { Attribute: 'Properties', Name: 'DBName', RequiresRecreation: 'Always', BeforeValue: 'shop', AfterValue: 'mall' } },
          { Target: { Attribute: 'Properties', Name: 'AllocatedStorage', RequiresRecreation: 'Never' } },
        ],
      }),
    ]);
    expect(losses).toEqual([{ logicalId: 'It', type: 'AWS::RDS::DBInstance', what: 'would be replaced because of DBName: shop -> mall' }]);
  });

  it('what cannot be judged is a loss: a hook, a nested stack', () => {
    expect(lossesIn([{ Type: undefined }])).toHaveLength(1);
    expect(
      lossesIn([change({ ResourceType: 'AWS::CloudFormation::Stack', Action: 'Modify', Replacement: 'False', ChangeSetId: 'arn' })]),
    ).toHaveLength(1);
  });
});
