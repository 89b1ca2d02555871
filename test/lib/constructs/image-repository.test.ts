import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { ImageRepository } from '../../../lib/constructs/image-repository.js';
import { bench } from '../production-templates.js';

test('images that are replicated nowhere are scanned and kept, under tags that never move; only what has none goes', () => {
  const { stack, template } = bench();
  new ImageRepository(stack, 'Web', { repositoryName: 'shop' });
  template().hasResource('AWS::ECR::Repository', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      RepositoryName: 'shop',
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EmptyOnDelete: Match.absent(),
    },
  });
  const [repository] = Object.values(template().findResources('AWS::ECR::Repository')) as [
    { Properties: { LifecyclePolicy: { LifecyclePolicyText: string } } },
  ];
  const { rules } = JSON.parse(repository.Properties.LifecyclePolicy.LifecyclePolicyText) as {
    rules: { selection: { tagStatus: string } }[];
  };
  expect(rules.map(({ selection }) => selection.tagStatus)).toEqual(['untagged']);
  template().resourceCountIs('AWS::ECR::ReplicationConfiguration', 0);
});

test('images that are replicated go to the registry of the other region, and no others with them', () => {
  const { stack, template } = bench();
  new ImageRepository(stack, 'Web', { repositoryName: 'shop', replicateTo: { region: 'eu-central-1', account: '111122223333' } });
  template().hasResourceProperties('AWS::ECR::ReplicationConfiguration', {
    ReplicationConfiguration: {
      Rules: [
        {
          Destinations: [{ Region: 'eu-central-1', RegistryId: '111122223333' }],
          RepositoryFilters: [{ Filter: 'shop', FilterType: 'PREFIX_MATCH' }],
        },
      ],
    },
  });
});
