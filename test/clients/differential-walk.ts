/** What is asked of twin and moto alike, each step with a title of its own: what is right and, mostly, what goes wrong. */
import { database, sharedDatabase } from './shared-database.js';
import type { Kept, Place, Step } from './take-walk.js';

/** Steps of one service: title, operation, input, what is seen, and whatever else a step has. */
type Row = [title: string, operation: string, input: object | ((kept: Kept) => object), see?: readonly Place[], more?: Partial<Step>];
const stepsOf = (service: string, rows: readonly Row[]): Step[] =>
  rows.map(([title, operation, input, see = [], more = {}]) => ({
    ...{ title: `${service}: ${title}`, service, operation, see },
    input: (kept) => (typeof input === 'function' ? input(kept) : input) as Record<string, unknown>,
    ...more,
  }));

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const role = (name: string) => ({ RoleArn: `arn:aws:iam::123456789012:role/${name}`, RoleSessionName: 'drill' });

const identity: Step[] = [
  ...stepsOf('iam', [
    ['a role is made', 'CreateRole', { RoleName: 'operator', AssumeRolePolicyDocument: trust }, ['Role.Arn', 'Role.MaxSessionDuration']],
  ]),
  ...stepsOf('sts', [
    ['who am I', 'GetCallerIdentity', {}, ['Account']],
    ['a role is assumed', 'AssumeRole', role('operator'), ['AssumedRoleUser.Arn']],
    ['a missing role is assumed', 'AssumeRole', role('nobody')],
    ['a role is assumed for two hours', 'AssumeRole', { ...role('operator'), DurationSeconds: 7200 }],
    ['a role is assumed for a minute', 'AssumeRole', { ...role('operator'), DurationSeconds: 60 }],
  ]),
];

const parameter = (Name: string, Value: string, more: object = {}) => ({ Name, Value, Type: 'String', ...more });
const parameters: Step[] = stepsOf('ssm', [
  ['a parameter is put', 'PutParameter', parameter('/site/host', 'one'), ['Version', 'Tier']],
  ['it is put again', 'PutParameter', parameter('/site/host', 'two')],
  ['it is overwritten', 'PutParameter', parameter('/site/host', 'two', { Overwrite: true }), ['Version']],
  ['its first version is read', 'GetParameter', { Name: '/site/host:1' }, ['Parameter.Value', 'Parameter.Version']],
  ['a version it has not', 'GetParameter', { Name: '/site/host:9' }],
  ['a missing parameter', 'GetParameter', { Name: '/site/none' }],
  [
    'some that are there and some that are not',
    'GetParameters',
    { Names: ['/site/host', '/site/none'] },
    ['Parameters.*.Name', 'InvalidParameters'],
  ],
  ['an empty value', 'PutParameter', parameter('/site/empty', '')],
  ['a name that AWS keeps for itself', 'PutParameter', parameter('/aws/host', 'x')],
  ['a value against its pattern', 'PutParameter', parameter('/other/number', 'x', { AllowedPattern: '^\\d+$' })],
  ['a secret without its value shown', 'PutParameter', parameter('/site/secret', 'hidden', { Type: 'SecureString' }), ['Version']],
  ['everything under a path', 'GetParametersByPath', { Path: '/site', Recursive: true, WithDecryption: true }, ['Parameters.*.Value']],
  ['it is deleted', 'DeleteParameter', { Name: '/site/host' }],
  ['it is deleted again', 'DeleteParameter', { Name: '/site/host' }],
]);

const put = (Key: string, text: string, more: object = {}) => ({ Bucket: 'differs', Key, Body: { bytes: text }, ...more });
const of = (Key: string, more: object = {}) => ({ Bucket: 'differs', Key, ...more });
const bucket = { Bucket: 'differs', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } };
const objects: Step[] = stepsOf('s3', [
  ['a bucket is made', 'CreateBucket', bucket],
  ['it is made again', 'CreateBucket', bucket],
  ['a bucket without its region', 'CreateBucket', { Bucket: 'elsewhere' }],
  ['an object is put where none is', 'PutObject', put('epoch', '1', { IfNoneMatch: '*' }), ['ETag']],
  ['an object is put where one is', 'PutObject', put('epoch', '2', { IfNoneMatch: '*' })],
  ['it is replaced as it was read', 'PutObject', put('epoch', '2', { IfMatch: '"c4ca4238a0b923820dcc509a6f75849b"' }), ['ETag']],
  ['it is replaced as it is no longer', 'PutObject', put('epoch', '3', { IfMatch: '"c4ca4238a0b923820dcc509a6f75849b"' })],
  ['a missing object is replaced', 'PutObject', put('none', '3', { IfMatch: '"c4ca4238a0b923820dcc509a6f75849b"' })],
  ['it is read', 'GetObject', of('epoch'), ['Body', 'ContentLength', 'ContentType', 'AcceptRanges']],
  ['a part of it is read', 'GetObject', of('epoch', { Range: 'bytes=0-0' }), ['Body', 'ContentRange']],
  ['a part beyond it is read', 'GetObject', of('epoch', { Range: 'bytes=9-' })],
  ['it is read unless it is what it is', 'GetObject', of('epoch', { IfNoneMatch: '"c81e728d9d4c2f636f067f89cc14862c"' })],
  ['it is read if it is what it was', 'GetObject', of('epoch', { IfMatch: '"c4ca4238a0b923820dcc509a6f75849b"' })],
  ['a missing object is read', 'GetObject', of('none')],
  ['a missing object is asked for', 'HeadObject', of('none')],
  ['an object of a missing bucket', 'GetObject', { Bucket: 'no-such-bucket-here', Key: 'a' }],
  ['it is copied', 'CopyObject', of('copies/epoch', { CopySource: 'differs/epoch' }), ['CopyObjectResult.ETag']],
  ['it is copied upon itself', 'CopyObject', of('epoch', { CopySource: 'differs/epoch' })],
  ['folders are listed', 'ListObjectsV2', { Bucket: 'differs', Delimiter: '/' }, ['Contents.*.Key', 'CommonPrefixes.*.Prefix', 'KeyCount']],
  ['a missing object is deleted', 'DeleteObject', of('none')],
  ['a bucket with objects is deleted', 'DeleteBucket', { Bucket: 'differs' }],
  ['versions are kept', 'PutBucketVersioning', { Bucket: 'differs', VersioningConfiguration: { Status: 'Enabled' } }],
  ['an object is deleted where versions are kept', 'DeleteObject', of('epoch'), ['DeleteMarker']],
  ['its versions', 'ListObjectVersions', { Bucket: 'differs', Prefix: 'epoch' }, ['Versions.*.VersionId', 'DeleteMarkers.*.IsLatest']],
]);

const leases = { TableName: 'leases' };
const key = { id: { S: 'fence' } };
const update = (UpdateExpression: string, more: object = {}) => ({
  ...leases,
  Key: key,
  UpdateExpression,
  ReturnValues: 'ALL_NEW',
  ...more,
});
const epoch = (value: string) => ({ ExpressionAttributeValues: { ':e': { N: value } } });
const grows = { ConditionExpression: 'attribute_not_exists(epoch) OR epoch < :e' };
const tables: Step[] = stepsOf('dynamodb', [
  [
    'a table is made',
    'CreateTable',
    {
      ...{ ...leases, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
    ['TableDescription.TableArn'],
  ],
  ['it is active', 'DescribeTable', leases, ['Table.TableStatus', 'Table.ItemCount'], { until: ['Table.TableStatus', /ACTIVE/] }],
  [
    'it is made again',
    'CreateTable',
    {
      ...{ ...leases, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  ],
  ['an epoch is set', 'UpdateItem', update('SET epoch = :e', { ...epoch('9'), ...grows }), ['Attributes']],
  ['it grows', 'UpdateItem', update('SET epoch = :e', { ...epoch('10.0'), ...grows }), ['Attributes']],
  ['it does not grow', 'UpdateItem', update('SET epoch = :e', { ...epoch('9'), ...grows })],
  [
    'an item is put where none is',
    'PutItem',
    { ...leases, Item: { id: { S: 'new' }, a: { N: '1' } }, ConditionExpression: 'attribute_not_exists(id)' },
  ],
  ['an item is put where one is', 'PutItem', { ...leases, Item: key, ConditionExpression: 'attribute_not_exists(id)' }],
  ['an item is deleted on a false condition', 'DeleteItem', { ...leases, Key: key, ConditionExpression: 'attribute_not_exists(epoch)' }],
  ['a word that is reserved', 'UpdateItem', update('SET status = :e', epoch('1'))],
  ['a value that nothing uses', 'UpdateItem', update('REMOVE a', epoch('1'))],
  ['a value that is not there', 'UpdateItem', update('SET a = :x', epoch('1'))],
  ['a syntax error', 'UpdateItem', update('SET a :e', epoch('1'))],
  ['a key is updated', 'UpdateItem', update('SET id = :e', { ExpressionAttributeValues: { ':e': { S: 'x' } } })],
  ['paths that overlap', 'UpdateItem', update('SET a = :e, a.b = :e', epoch('1'))],
  ['text is added to', 'UpdateItem', update('ADD epoch :e', { ExpressionAttributeValues: { ':e': { S: 'x' } } })],
  ['a missing attribute is counted on', 'UpdateItem', update('SET b = nothing + :e', epoch('1'))],
  ['a number is added to', 'UpdateItem', update('ADD epoch :e', epoch('0.1')), ['Attributes']],
  ['a path without its parent', 'UpdateItem', update('SET m.n = :e', epoch('1'))],
  ['a key of another type', 'GetItem', { ...leases, Key: { id: { N: '1' } } }],
  ['a key that is not the key', 'GetItem', { ...leases, Key: { other: { S: 'a' } } }],
  ['an item without its key', 'PutItem', { ...leases, Item: { a: { S: 'b' } } }],
  ['an item with an empty key', 'PutItem', { ...leases, Item: { id: { S: '' } } }],
  ['a missing table', 'GetItem', { TableName: 'nothing', Key: key }],
  ['a missing table is described', 'DescribeTable', { TableName: 'nothing' }],
  [
    'a transaction of which one part fails',
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { ...leases, Item: { id: { S: 'third' } } } },
        { ConditionCheck: { ...leases, Key: key, ConditionExpression: 'attribute_not_exists(id)' } },
      ],
    },
  ],
  ['nothing of it was written', 'GetItem', { ...leases, Key: { id: { S: 'third' } } }, ['Item']],
  ['a query by a missing key', 'Query', { ...leases, KeyConditionExpression: 'a = :e', ...epoch('1') }],
  [
    'a query',
    'Query',
    { ...leases, KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': { S: 'new' } } },
    ['Items', 'Count', 'ScannedCount'],
  ],
]);

const change =
  (Action: string, Name: string, Type: string, value: string, more: object = {}) =>
  ({ zone }: Kept) => ({
    HostedZoneId: zone,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value: value }], ...more } }] },
  });
const zones: Step[] = stepsOf('route-53', [
  [
    'a zone is made',
    'CreateHostedZone',
    { Name: 'differs.example.com', CallerReference: 'once' },
    ['HostedZone.Name', 'HostedZone.ResourceRecordSetCount'],
    { keep: { zone: 'HostedZone.Id' } },
  ],
  ['it is made again', 'CreateHostedZone', { Name: 'differs.example.com', CallerReference: 'once' }],
  [
    'a record is created',
    'ChangeResourceRecordSets',
    change('CREATE', 'www.differs.example.com', 'A', '192.0.2.1'),
    [],
    { keep: { change: 'ChangeInfo.Id' } },
  ],
  [
    'the change is in sync',
    'GetChange',
    ({ change: Id }: Kept) => ({ Id }),
    ['ChangeInfo.Status'],
    { until: ['ChangeInfo.Status', /INSYNC/] },
  ],
  [
    'what the zone holds',
    'ListResourceRecordSets',
    ({ zone }: Kept) => ({ HostedZoneId: zone }),
    ['ResourceRecordSets.*.Name', 'ResourceRecordSets.*.Type', 'IsTruncated'],
  ],
  ['a record is created again', 'ChangeResourceRecordSets', change('CREATE', 'www.differs.example.com', 'A', '192.0.2.2')],
  ['a record is upserted', 'ChangeResourceRecordSets', change('UPSERT', 'www.differs.example.com', 'A', '192.0.2.2')],
  ['a record is deleted with other values', 'ChangeResourceRecordSets', change('DELETE', 'www.differs.example.com', 'A', '192.0.2.9')],
  ['a missing record is deleted', 'ChangeResourceRecordSets', change('DELETE', 'no.differs.example.com', 'A', '192.0.2.9')],
  ['a record outside of the zone', 'ChangeResourceRecordSets', change('CREATE', 'www.example.org', 'A', '192.0.2.1')],
  ['an alias name beside an address', 'ChangeResourceRecordSets', change('CREATE', 'www.differs.example.com', 'CNAME', 'a.example.com')],
  ['an alias name at the top of the zone', 'ChangeResourceRecordSets', change('CREATE', 'differs.example.com', 'CNAME', 'a.example.com')],
  ['an address that is none', 'ChangeResourceRecordSets', change('CREATE', 'bad.differs.example.com', 'A', 'not-an-address')],
  [
    'a weighted record beside a simple one',
    'ChangeResourceRecordSets',
    change('CREATE', 'www.differs.example.com', 'A', '192.0.2.1', { SetIdentifier: 'a', Weight: 1 }),
  ],
  ['a zone with records is deleted', 'DeleteHostedZone', ({ zone }: Kept) => ({ Id: zone })],
  ['a missing zone', 'GetHostedZone', { Id: 'Z0000000000000000000' }],
  ['a missing change', 'GetChange', { Id: 'C0000000000000000000' }],
]);

const snapshot = { DBSnapshotIdentifier: 'first' };
const restore = { DBInstanceIdentifier: 'restored', ...snapshot, DBSubnetGroupName: 'walked', DBInstanceClass: 'db.t4g.micro' };
const copied = (name: string) => ({ SourceDBSnapshotIdentifier: name, TargetDBSnapshotIdentifier: 'copied' });
const away = { region: 'eu-central-1' };
const available = (list: string, name: string): Partial<Step> => ({ until: [`${list}.0.${name}`, /available/] });
const databases: Step[] = [
  ...sharedDatabase.map((step) => ({ ...step, title: `rds: ${step.operation} beforehand` })),
  ...stepsOf('rds', [
    [
      'a snapshot is taken',
      'CreateDBSnapshot',
      { DBInstanceIdentifier: database, ...snapshot },
      ['DBSnapshot.Engine', 'DBSnapshot.SnapshotType'],
      { keep: { arn: 'DBSnapshot.DBSnapshotArn' } },
    ],
    ['it is copied while it is taken', 'CopyDBSnapshot', { ...copied('first'), TargetDBSnapshotIdentifier: 'early' }],
    [
      'it is there',
      'DescribeDBSnapshots',
      snapshot,
      ['DBSnapshots.0.Status', 'DBSnapshots.0.PercentProgress', 'DBSnapshots.0.Encrypted'],
      available('DBSnapshots', 'Status'),
    ],
    ['its name is taken', 'CreateDBSnapshot', { DBInstanceIdentifier: database, ...snapshot }],
    ['a snapshot of a missing instance', 'CreateDBSnapshot', { DBInstanceIdentifier: 'none', DBSnapshotIdentifier: 'none' }],
    [
      'it is copied away',
      'CopyDBSnapshot',
      ({ arn }: Kept) => ({ ...copied(arn!), SourceRegion: 'eu-west-1' }),
      ['DBSnapshot.SourceDBSnapshotIdentifier'],
      away,
    ],
    [
      'the copy is there',
      'DescribeDBSnapshots',
      { DBSnapshotIdentifier: 'copied' },
      ['DBSnapshots.0.Status', 'DBSnapshots.0.SnapshotType'],
      { ...available('DBSnapshots', 'Status'), ...away },
    ],
    ['the name of the copy is taken', 'CopyDBSnapshot', ({ arn }: Kept) => ({ ...copied(arn!), SourceRegion: 'eu-west-1' }), [], away],
    ['a missing snapshot is copied', 'CopyDBSnapshot', copied('none')],
    ['a missing snapshot is described', 'DescribeDBSnapshots', { DBSnapshotIdentifier: 'none' }],
    [
      'it is restored',
      'RestoreDBInstanceFromDBSnapshot',
      restore,
      ['DBInstance.DBInstanceIdentifier', 'DBInstance.Engine', 'DBInstance.MasterUsername', 'DBInstance.AllocatedStorage'],
    ],
    ['it is restored again', 'RestoreDBInstanceFromDBSnapshot', restore],
    [
      'the restored instance is there',
      'DescribeDBInstances',
      { DBInstanceIdentifier: 'restored' },
      [
        'DBInstances.0.DBInstanceStatus',
        'DBInstances.0.Endpoint.Port',
        'DBInstances.0.DeletionProtection',
        'DBInstances.0.BackupRetentionPeriod',
      ],
      available('DBInstances', 'DBInstanceStatus'),
    ],
    [
      'a missing snapshot is restored',
      'RestoreDBInstanceFromDBSnapshot',
      { ...restore, DBInstanceIdentifier: 'other', DBSnapshotIdentifier: 'none' },
    ],
    [
      'it is restored into a missing subnet group',
      'RestoreDBInstanceFromDBSnapshot',
      { ...restore, DBInstanceIdentifier: 'other', DBSubnetGroupName: 'none' },
    ],
    ['it is deleted', 'DeleteDBInstance', { DBInstanceIdentifier: 'restored', SkipFinalSnapshot: true }, ['DBInstance.DBInstanceStatus']],
    ['a missing instance is deleted', 'DeleteDBInstance', { DBInstanceIdentifier: 'none', SkipFinalSnapshot: true }],
    ['a missing instance is described', 'DescribeDBInstances', { DBInstanceIdentifier: 'none' }],
    ['a missing snapshot is deleted', 'DeleteDBSnapshot', { DBSnapshotIdentifier: 'none' }],
    ['an instance is deleted without a word on a final snapshot', 'DeleteDBInstance', { DBInstanceIdentifier: database }],
  ]),
];

export const differentialWalk: readonly Step[] = [...identity, ...parameters, ...objects, ...tables, ...zones, ...databases];
