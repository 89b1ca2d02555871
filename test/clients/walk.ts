/** What every client does against one twin, written once. Step by step each client has to see the same. */
import { database } from './shared-database.js';
import type { Step } from './take-walk.js';

const away = 'eu-central-1';

const identity: Step[] = [{ service: 'sts', operation: 'GetCallerIdentity', input: () => ({}), see: ['Account', 'Arn'] }];

const objects: Step[] = [
  {
    ...{ service: 's3', operation: 'CreateBucket', see: [] },
    input: ({ me }) => ({ Bucket: `walk-${me}`, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  },
  {
    ...{ service: 's3', operation: 'PutObject' },
    input: ({ me }) => ({ Bucket: `walk-${me}`, Key: 'folder/a b+c.txt', Body: { bytes: 'first: ÄÖ\n' }, Metadata: { site: 'dublin' } }),
    keep: { etag: 'ETag' },
    see: ['ETag'],
  },
  {
    ...{ service: 's3', operation: 'PutObject', see: [] },
    input: ({ me }) => ({ Bucket: `walk-${me}`, Key: 'folder/a b+c.txt', Body: { bytes: 'second' }, IfNoneMatch: '*' }),
  },
  {
    ...{ service: 's3', operation: 'GetObject', see: ['Body', 'Metadata', 'ContentLength'] },
    input: ({ me }) => ({ Bucket: `walk-${me}`, Key: 'folder/a b+c.txt' }),
  },
  {
    ...{ service: 's3', operation: 'GetObject', see: [] },
    input: ({ me }) => ({ Bucket: `walk-${me}`, Key: 'missing' }),
  },
  {
    ...{ service: 's3', operation: 'ListObjectsV2', see: ['Contents.*.Key'] },
    input: ({ me }) => ({ Bucket: `walk-${me}`, Prefix: 'folder/' }),
  },
];

const parameters: Step[] = [
  {
    ...{ service: 'ssm', operation: 'PutParameter', see: ['Version'] },
    input: ({ me }) => ({ Name: `/walk/${me}/host`, Type: 'SecureString', Value: 'db.example.com' }),
  },
  {
    ...{ service: 'ssm', operation: 'GetParameter', see: ['Parameter.Value'] },
    input: ({ me }) => ({ Name: `/walk/${me}/host`, WithDecryption: true }),
  },
  {
    ...{ service: 'ssm', operation: 'PutParameter', see: [] },
    input: ({ me }) => ({ Name: `/walk/${me}/host`, Type: 'String', Value: 'other' }),
  },
];

const keys: Step[] = [
  {
    ...{ service: 'kms', operation: 'CreateKey', input: () => ({ Description: 'walked' }) },
    keep: { key: 'KeyMetadata.KeyId' },
    see: ['KeyMetadata.KeyState', 'KeyMetadata.Description', 'KeyMetadata.MultiRegion'],
  },
  {
    ...{ service: 'kms', operation: 'Encrypt', see: ['KeyId'] },
    input: ({ key }) => ({ KeyId: key, Plaintext: { bytes: 'secret ÄÖ' }, EncryptionContext: { site: 'dublin' } }),
    keep: { sealed: 'CiphertextBlob' },
  },
  {
    ...{ service: 'kms', operation: 'Decrypt', see: ['Plaintext'] },
    input: ({ sealed }) => ({ CiphertextBlob: { base64: sealed }, EncryptionContext: { site: 'dublin' } }),
  },
];

const databases: Step[] = [
  {
    ...{ service: 'rds', operation: 'CreateDBSnapshot', whileRefused: 'InvalidDBInstanceState', see: ['DBSnapshot.Status'] },
    input: ({ me }) => ({ DBInstanceIdentifier: database, DBSnapshotIdentifier: `walk-${me}` }),
    keep: { snapshot: 'DBSnapshot.DBSnapshotArn' },
  },
  {
    ...{ service: 'rds', operation: 'DescribeDBSnapshots', input: ({ me }) => ({ DBSnapshotIdentifier: `walk-${me}` }) },
    until: ['DBSnapshots.0.Status', /available/],
    see: ['Engine', 'PercentProgress', 'AllocatedStorage', 'Encrypted'].map((name) => `DBSnapshots.0.${name}`),
  },
  {
    ...{ service: 'rds', operation: 'CopyDBSnapshot', region: away, see: ['DBSnapshot.SourceRegion'] },
    input: ({ me, snapshot }) => ({
      ...{ SourceDBSnapshotIdentifier: snapshot, TargetDBSnapshotIdentifier: `walk-${me}`, SourceRegion: 'eu-west-1' },
    }),
  },
  {
    ...{ service: 'rds', operation: 'DescribeDBSnapshots', region: away, input: ({ me }) => ({ DBSnapshotIdentifier: `walk-${me}` }) },
    until: ['DBSnapshots.0.Status', /available/],
    see: ['DBSnapshots.0.Status', 'DBSnapshots.0.SourceDBSnapshotIdentifier'],
  },
  {
    ...{ service: 'rds', operation: 'DescribeDBSnapshots', input: () => ({ DBSnapshotIdentifier: 'none' }) },
    see: [],
  },
];

const zones: Step[] = [
  {
    ...{ service: 'route-53', operation: 'CreateHostedZone', see: ['HostedZone.ResourceRecordSetCount'] },
    input: ({ me }) => ({ Name: `${me}.example.com`, CallerReference: me }),
    keep: { zone: 'HostedZone.Id' },
  },
  {
    ...{ service: 'route-53', operation: 'ChangeResourceRecordSets', see: ['ChangeInfo.Status'] },
    input: ({ me, zone }) => ({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: record(`www.${me}.example.com`) }] },
    }),
    keep: { change: 'ChangeInfo.Id' },
  },
  {
    ...{ service: 'route-53', operation: 'GetChange', input: ({ change }) => ({ Id: change }) },
    until: ['ChangeInfo.Status', /INSYNC/],
    see: ['ChangeInfo.Status'],
  },
  {
    ...{ service: 'route-53', operation: 'ChangeResourceRecordSets', see: [] },
    input: ({ me, zone }) => ({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: record(`www.${me}.example.com`) }] },
    }),
  },
  {
    ...{ service: 'route-53', operation: 'ListResourceRecordSets', input: ({ zone }) => ({ HostedZoneId: zone }) },
    see: ['ResourceRecordSets.*.Name', 'ResourceRecordSets.*.Type'],
  },
];
const record = (Name: string) => ({ Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] });

const stacks: Step[] = [
  {
    ...{ service: 'cloudformation', operation: 'CreateStack', see: [] },
    input: ({ me }) => ({
      StackName: `walk-${me}`,
      TemplateBody: JSON.stringify({
        Parameters: { Greeting: { Type: 'String' } },
        Resources: {
          Said: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::Sub': '${Greeting}, ${AWS::Region}' } } },
        },
        Outputs: { Value: { Value: { 'Fn::GetAtt': ['Said', 'Value'] } } },
      }),
      Parameters: [{ ParameterKey: 'Greeting', ParameterValue: 'hello' }],
    }),
  },
  {
    ...{ service: 'cloudformation', operation: 'DescribeStacks', input: ({ me }) => ({ StackName: `walk-${me}` }) },
    until: ['Stacks.0.StackStatus', /_COMPLETE/],
    see: ['Stacks.0.StackStatus', 'Stacks.0.Outputs.0.OutputValue'],
  },
  {
    ...{ service: 'cloudformation', operation: 'DescribeStacks', input: () => ({ StackName: 'none' }), see: [] },
  },
];

const tables: Step[] = [
  {
    ...{ service: 'dynamodb', operation: 'CreateTable', see: ['TableDescription.TableStatus'] },
    input: ({ me }) => ({
      ...{ TableName: `walk-${me}`, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  },
  {
    ...{ service: 'dynamodb', operation: 'DescribeTable', input: ({ me }) => ({ TableName: `walk-${me}` }) },
    until: ['Table.TableStatus', /ACTIVE/],
    see: ['Table.TableStatus', 'Table.ItemCount'],
  },
  ...['8', '9', '9'].map((epoch): Step => ({
    ...{ service: 'dynamodb', operation: 'UpdateItem', see: ['Attributes'] },
    input: ({ me }) => ({
      ...{ TableName: `walk-${me}`, Key: { id: { S: 'fence' } }, UpdateExpression: 'SET epoch = :e', ReturnValues: 'ALL_NEW' },
      ...{ ConditionExpression: 'attribute_not_exists(epoch) OR epoch < :e', ExpressionAttributeValues: { ':e': { N: epoch } } },
    }),
  })),
];

const measures: Step[] = [
  {
    ...{ service: 'cloudwatch', operation: 'PutMetricData', see: [] },
    input: ({ me }) => ({
      Namespace: `Walk/${me}`,
      MetricData: [{ MetricName: 'Lag', Value: 1.5, Unit: 'Seconds', Timestamp: { instant: '2030-01-01T00:10:00Z' } }],
    }),
  },
  {
    ...{ service: 'cloudwatch', operation: 'GetMetricStatistics' },
    input: ({ me }) => ({
      ...{ Namespace: `Walk/${me}`, MetricName: 'Lag', Period: 3600, Statistics: ['Average', 'SampleCount'] },
      ...{ StartTime: { instant: '2030-01-01T00:00:00Z' }, EndTime: { instant: '2030-01-01T01:00:00Z' } },
    }),
    until: ['Datapoints.0.Average', /\d/],
    see: ['Average', 'SampleCount', 'Unit', 'Timestamp.@'].map((name) => `Datapoints.0.${name}`),
  },
  {
    ...{ service: 'cloudwatch', operation: 'PutMetricAlarm', see: [] },
    input: ({ me }) => ({
      ...{ AlarmName: `walk-${me}`, Namespace: `Walk/${me}`, MetricName: 'Lag', Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1 },
      ...{ Threshold: 0.5, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore' },
    }),
  },
  {
    ...{ service: 'cloudwatch', operation: 'DescribeAlarms', input: ({ me }) => ({ AlarmNames: [`walk-${me}`] }) },
    see: ['StateValue', 'Threshold', 'ActionsEnabled'].map((name) => `MetricAlarms.0.${name}`),
  },
];

const messages: Step[] = [
  {
    ...{ service: 'sqs', operation: 'CreateQueue', input: ({ me }) => ({ QueueName: `walk-${me}` }), see: [] },
    keep: { queue: 'QueueUrl' },
  },
  {
    ...{ service: 'sqs', operation: 'GetQueueAttributes', input: ({ queue }) => ({ QueueUrl: queue, AttributeNames: ['QueueArn'] }) },
    keep: { queueArn: 'Attributes.QueueArn' },
    see: ['Attributes'],
  },
  {
    ...{
      service: 'sns',
      operation: 'CreateTopic',
      input: ({ me }) => ({ Name: `walk-${me}` }),
      see: ['TopicArn'],
    },
    keep: { topic: 'TopicArn' },
  },
  {
    ...{ service: 'sqs', operation: 'SetQueueAttributes', see: [] },
    input: ({ queue, queueArn }) => ({ QueueUrl: queue, Attributes: { Policy: JSON.stringify(anyTopicMaySend(queueArn!)) } }),
  },
  {
    ...{ service: 'sns', operation: 'Subscribe', see: [] },
    input: ({ topic, queueArn }) => ({ TopicArn: topic, Protocol: 'sqs', Endpoint: queueArn, ReturnSubscriptionArn: true }),
  },
  {
    ...{ service: 'sns', operation: 'Publish', see: [] },
    input: ({ topic }) => ({ TopicArn: topic, Subject: 'drill', Message: 'this is a drill: ÄÖ <&>' }),
  },
  {
    ...{ service: 'sqs', operation: 'ReceiveMessage', input: ({ queue }) => ({ QueueUrl: queue, WaitTimeSeconds: 1 }) },
    until: ['Messages.0.MessageId', /\w/],
    see: ['Subject', 'Message', 'TopicArn'].map((name) => `Messages.0.Body.{}.${name}`),
  },
  {
    ...{ service: 'sqs', operation: 'GetQueueUrl', input: () => ({ QueueName: 'none' }), see: [] },
  },
];
const anyTopicMaySend = (queueArn: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn }],
});

export const walk: readonly Step[] = [
  ...identity,
  ...objects,
  ...parameters,
  ...keys,
  ...databases,
  ...zones,
  ...stacks,
  ...tables,
  ...measures,
  ...messages,
];

/** What stands in the world once every client has walked: each sees what all have made. */
export const look: readonly Step[] = [
  { service: 's3', operation: 'ListBuckets', input: () => ({}), see: ['Buckets.*.Name'] },
  {
    ...{ service: 'ssm', operation: 'GetParametersByPath', see: ['Parameters.*.Name'] },
    input: () => ({ Path: '/walk', Recursive: true }),
  },
  {
    service: 'rds',
    operation: 'DescribeDBSnapshots',
    region: away,
    input: () => ({}),
    see: ['DBSnapshots.*.DBSnapshotIdentifier'],
  },
  { service: 'route-53', operation: 'ListHostedZones', input: () => ({}), see: ['HostedZones.*.Name'] },
  { service: 'cloudformation', operation: 'DescribeStacks', input: () => ({}), see: ['Stacks.*.StackName'] },
  { service: 'dynamodb', operation: 'ListTables', input: () => ({}), see: ['TableNames.*'] },
  { service: 'cloudwatch', operation: 'DescribeAlarms', input: () => ({}), see: ['MetricAlarms.*.AlarmName'] },
  {
    service: 'sqs',
    operation: 'ListQueues',
    input: () => ({ QueueNamePrefix: 'walk-' }),
    see: ['QueueUrls.*'],
  },
  { service: 'sns', operation: 'ListTopics', input: () => ({}), see: ['Topics.*.TopicArn'] },
];
