import { Duration, RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { CfnDBInstance, StorageType } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { SiteFacts } from '../contract/outputs.js';
import { majorVersion } from '../database-shape.js';

export interface ProtectedDatabaseProps {
  readonly shape: SiteFacts['database'];
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly subnetGroupName: string;
  readonly parameterGroupName: string;
  readonly key: IKey;
  /** Name of the secret whose `password` becomes the master password; read by CloudFormation, never in the template. */
  readonly secretName: string;
  /** Region and key there, by ARN, of the log and the automated snapshots; absent where they stay here. */
  readonly replicateTo?: { readonly region: string; readonly keyArn: string };
}

/** The one PostgreSQL instance that holds production's data: encrypted, private, and kept when its stack goes. */
export class ProtectedDatabase extends Construct {
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { shape, ...props }: ProtectedDatabaseProps) {
    super(scope, id);
    const instance = new DatabaseInstance(this, 'Instance', {
      instanceIdentifier: shape.identifier,
      databaseName: shape.name,
      engine: DatabaseInstanceEngine.postgres({
        version: PostgresEngineVersion.of(shape.engineVersion, majorVersion(shape.engineVersion)),
      }),
      instanceType: new InstanceType(shape.instanceClass.replace(/^db\./, '')),
      allocatedStorage: shape.allocatedStorageGiB,
      storageType: shape.storageType as StorageType,
      storageEncryptionKey: props.key,
      port: shape.port,
      multiAz: shape.multiAz,
      ...(shape.logExports ? { cloudwatchLogsExports: [...shape.logExports] } : {}),
      // Without `fromSecret`, whose attachment would rewrite the secret with this instance's address.
      credentials: Credentials.fromPassword(shape.username, SecretValue.secretsManager(props.secretName, { jsonField: 'password' })),
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      subnetGroup: SubnetGroup.fromSubnetGroupName(this, 'SubnetGroup', props.subnetGroupName),
      securityGroups: [props.securityGroup],
      parameterGroup: ParameterGroup.fromParameterGroupName(this, 'ParameterGroup', props.parameterGroupName),
      publiclyAccessible: false,
      backupRetention: Duration.days(shape.backupRetentionDays),
      copyTagsToSnapshot: true,
      // The engine version is a written baseline that the patch gate compares with.
      autoMinorVersionUpgrade: false,
      deletionProtection: shape.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-RDS11',
      reason: 'Only the web application can reach it, over TLS with its own login; another port would hide nothing from anybody',
    });
    if (props.replicateTo) {
      const resource = instance.node.defaultChild as CfnDBInstance;
      resource.automaticBackupReplicationRegion = props.replicateTo.region;
      resource.automaticBackupReplicationKmsKeyId = props.replicateTo.keyArn;
      resource.automaticBackupReplicationRetentionPeriod = shape.backupRetentionDays;
    }
    this.endpoint = instance.dbInstanceEndpointAddress;
  }
}
