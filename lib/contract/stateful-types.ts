/** CloudFormation types whose loss is a loss of data, of the way to it, or of a name that the world knows. */
export const statefulTypes: readonly string[] = [
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Route53::HostedZone',
  'AWS::Route53RecoveryControl::Cluster',
  'AWS::Route53RecoveryControl::RoutingControl',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];
export const isStateful = (type: string): boolean => statefulTypes.includes(type);
