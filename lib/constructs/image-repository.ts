import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnReplicationConfiguration, Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';

export interface ImageRepositoryProps {
  readonly repositoryName: string;
  /** Registry that gets a copy of every image pushed here. Absent: the registry is not configured here, and is nobody's or somebody else's. */
  readonly replicateTo?: { readonly region: string; readonly account: string };
}

/**
 * Where the images of an application are in one region. ECR copies to the other what is pushed once it is told to, into a repository that is
 * there: one that it had to make would have none of these settings (ECR user guide, "Private image replication").
 */
export class ImageRepository extends Construct {
  constructor(scope: Construct, id: string, { repositoryName, replicateTo }: ImageRepositoryProps) {
    super(scope, id);
    const repository = new Repository(this, 'Repository', {
      repositoryName,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // What has a tag stays for ever: no rule can know which digest a task definition, or the other site, still names.
    repository.addLifecycleRule({
      description: 'What was never given a tag, or lost it',
      tagStatus: TagStatus.UNTAGGED,
      maxImageAge: Duration.days(30),
    });
    if (!replicateTo) return;
    // The registry's one configuration. By prefix: ECR knows no other filter.
    new CfnReplicationConfiguration(this, 'Replication', {
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: replicateTo.region, registryId: replicateTo.account }],
            repositoryFilters: [{ filter: repositoryName, filterType: 'PREFIX_MATCH' }],
          },
        ],
      },
    });
  }
}
