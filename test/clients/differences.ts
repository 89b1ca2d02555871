/** Where twin and moto answer differently, and which of them AWS's documentation agrees with. Nothing else may differ, and all of this must. */
export interface Difference {
  /** The step's title in differential-walk.ts. */
  readonly step: string;
  readonly twin: string;
  readonly moto: string;
  /** `unpublished`: AWS says what happens, and not in which words. */
  readonly right: 'twin' | 'moto' | 'unpublished';
  readonly why: string;
}

const twinIsRight = (step: string, twin: string, moto: string, why: string): Difference => ({ step, twin, moto, right: 'twin', why });

export const differences: readonly Difference[] = [
  // STS
  twinIsRight(
    'sts: a missing role is assumed',
    'AccessDenied: User: arn:aws:iam::123456789012:user/twin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/nobody',
    'done',
    'IAM user guide, "Troubleshoot IAM roles": a role that does not exist cannot be assumed, and the answer does not tell that from a denial',
  ),
  twinIsRight(
    'sts: a role is assumed for two hours',
    'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'done',
    'API reference, AssumeRole, DurationSeconds: more than the role’s maximum session duration fails',
  ),
  twinIsRight(
    'sts: a role is assumed for a minute',
    "ValidationError: 1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    'done',
    'API reference, AssumeRole, DurationSeconds: valid range, minimum 900',
  ),

  // SSM
  twinIsRight(
    'ssm: a value against its pattern',
    'ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    'done',
    'API reference, PutParameter, AllowedPattern and its error ParameterPatternMismatchException',
  ),

  // DynamoDB
  twinIsRight(
    'dynamodb: it grows',
    '{"id":{"S":"fence"},"epoch":{"N":"10"}}',
    '{"id":{"S":"fence"},"epoch":{"N":"10.0"}}',
    'developer guide, "Data types", Number: leading and trailing zeroes are trimmed',
  ),
  {
    step: 'dynamodb: a value that is not there',
    twin: 'ValidationException: Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :x',
    moto: 'ValidationException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:e}',
    right: 'unpublished',
    why: 'both faults are in the request; which one is told is unpublished, commonly the one met while the expression is read',
  },
  {
    step: 'dynamodb: text is added to',
    twin: 'ValidationException: Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    moto: 'ValidationException: An operand in the update expression has an incorrect data type',
    right: 'unpublished',
    why: 'API reference, UpdateItem: ADD takes numbers and sets only; the words are as commonly seen where the literal itself can never fit',
  },
  twinIsRight(
    'dynamodb: a key of another type',
    'ValidationException: The provided key element does not match the schema',
    'done',
    'API reference, GetItem, Key: the values have to be of the types of the table’s key attributes',
  ),
  {
    step: 'dynamodb: an item with an empty key',
    twin: 'ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    moto: 'ValidationException: One or more parameter values were invalid: An AttributeValue may not contain an empty string. Key: id',
    right: 'unpublished',
    why: 'developer guide, "Data types", String: empty values are for attributes that are no keys; moto has the words of before 2020',
  },

  // Route 53
  twinIsRight(
    'route-53: it is made again',
    'HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference: once',
    'done',
    'API reference, CreateHostedZone, CallerReference: must be unique for every request; error HostedZoneAlreadyExists',
  ),
  twinIsRight(
    'route-53: a record is created again',
    "InvalidChangeBatch: [Tried to create resource record set [name='www.differs.example.com.', type='A'] but it already exists]",
    'done',
    'API reference, ChangeResourceRecordSets: CREATE is for a record set that does not exist; its InvalidChangeBatch example is this case',
  ),
  ...(
    [
      ['a record is deleted with other values', 'www', 'the values provided do not match the current values'],
      ['a missing record is deleted', 'no', 'it was not found'],
    ] as const
  ).map(([title, name, reason]) =>
    twinIsRight(
      `route-53: ${title}`,
      `InvalidChangeBatch: [Tried to delete resource record set [name='${name}.differs.example.com.', type='A'] but ${reason}]`,
      `InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=DELETE, Name=${name}.differs.example.com, Type=A, SetIdentifier=null]`,
      'API reference, ChangeResourceRecordSets: DELETE needs all values as they are; TTL and ResourceRecords were in the request, which moto denies',
    ),
  ),
  {
    step: 'route-53: a record outside of the zone',
    twin: 'InvalidChangeBatch: [RRSet with DNS name www.example.org. is not permitted in zone differs.example.com.]',
    moto: 'InvalidChangeBatch: RRSet with DNS name www.example.org is not permitted in zone differs.example.com.',
    right: 'unpublished',
    why: 'developer guide: a zone takes records of its own domain only; the words, brackets included, are as commonly seen',
  },
  twinIsRight(
    'route-53: an alias name beside an address',
    'InvalidChangeBatch: [RRSet of type CNAME with DNS name www.differs.example.com. is not permitted as it conflicts with other records with the same DNS name in zone differs.example.com.]',
    'done',
    'developer guide, "CNAME record type": no other record may have the name of a CNAME record',
  ),
  twinIsRight(
    'route-53: an alias name at the top of the zone',
    'InvalidChangeBatch: [RRSet of type CNAME with DNS name differs.example.com. is not permitted at apex in zone differs.example.com.]',
    'done',
    'developer guide, "CNAME record type": not for the top node of a namespace, the zone apex',
  ),
  twinIsRight(
    'route-53: an address that is none',
    "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with 'not-an-address'']",
    'done',
    'developer guide, "A record type": the value is an IPv4 address in dotted decimal notation',
  ),
  twinIsRight(
    'route-53: a weighted record beside a simple one',
    'InvalidChangeBatch: [RRSet with DNS name www.differs.example.com., type A, SetIdentifier a cannot be created as a non-weighted set exists with the same name and type.]',
    'done',
    'developer guide, "Values specific for weighted records": records of one name and type have one routing policy',
  ),
  {
    step: 'route-53: a zone with records is deleted',
    twin: 'HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    moto: 'HostedZoneNotEmpty: The hosted zone contains resource records that are not SOA or NS records.',
    right: 'unpublished',
    why: 'the error is published, with moto’s words as its description in the API reference; the service answers as the twin does',
  },
  twinIsRight(
    'route-53: a missing change',
    'NoSuchChange: A change with the specified ID: C0000000000000000000 does not exist.',
    'done',
    'API reference, GetChange: error NoSuchChange',
  ),

  // RDS
  twinIsRight(
    'rds: it is copied while it is taken',
    'InvalidDBSnapshotState: Cannot copy the snapshot first because it is not in available state: it is creating.',
    'done',
    'user guide, "Copying a DB snapshot": the source has to be in the available state; moto’s snapshots are at once',
  ),
  twinIsRight('rds: it is there', '"available", 100, false', '"available", nothing, false', 'API reference, DBSnapshot, PercentProgress'),
  twinIsRight(
    'rds: it is copied away',
    '"<arn>"',
    'nothing',
    'API reference, DBSnapshot, SourceDBSnapshotIdentifier: the ARN it was copied from',
  ),
  {
    step: 'rds: it is restored into a missing subnet group',
    twin: "DBSubnetGroupNotFoundFault: DB subnet group 'none' does not exist.",
    moto: 'DBSubnetGroupNotFoundFault: Subnet Group none not found.',
    right: 'unpublished',
    why: 'the error is published, its words are not; the twin’s are as commonly seen',
  },
  twinIsRight(
    'rds: an instance is deleted without a word on a final snapshot',
    'InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    'done',
    'API reference, DeleteDBInstance, FinalDBSnapshotIdentifier and SkipFinalSnapshot: one of them is needed',
  ),
];
