/** What the round trip leaves out, and why: nothing else may differ between what was sent and what arrived. */
export const exclusions: readonly { service: string; operations?: RegExp; members?: RegExp; reason: string }[] = [
  {
    service: 'sts',
    operations: /^AssumeRoleWith(SAML|WebIdentity)$/,
    reason: 'unsigned: the twin has no identity providers, and takes the service from the signature',
  },
  {
    service: 'cloudwatch-logs',
    operations: /^(StartLiveTail|GetLogObject)$/,
    reason: 'answer with event streams, which the wire does not speak',
  },
  {
    service: 'cloudwatch',
    operations: /^DashboardNotFoundError$/,
    reason: 'shares its Query code with ResourceNotFound, so no client can tell them apart',
  },
  { service: 'ec2', operations: /^CopySnapshot$/, members: /^(DestinationRegion|PresignedUrl)$/, reason: 'the client fills them in' },
  { service: 'rds', members: /^(PreSignedUrl|SourceRegion)$/, reason: 'the client makes the URL out of the region, and sends only that' },
  { service: 's3', operations: /^SelectObjectContent$/, reason: 'answers with an event stream, which the wire does not speak' },
  { service: 's3', operations: /^ListDirectoryBuckets$/, reason: 'signed for s3express, a service of its own' },
  { service: 's3', operations: /^WriteGetObjectResponse$/, reason: 'signed for s3-object-lambda, a service of its own' },
  { service: 's3', members: /^Checksum/, reason: 'the client computes and checks them itself' },
  { service: 's3', members: /SSECustomerKey/, reason: 'the client encodes the key and adds its digest' },
  { service: 's3', members: /^ContentMD5$/, reason: 'the client drops it in favour of its own checksum' },
  { service: 's3', operations: /^PutObject$/, members: /^ContentType$/, reason: 'the client fills it in' },
  { service: 's3', members: /^ContentLength$/, reason: 'follows from the body' },
  { service: 's3', members: /^Expires(String)?$/, operations: /^(Get|Head)Object/, reason: 'the client makes both out of one header' },
];

/** No operation or member of theirs is compared. */
export const operationExcluded = (service: string, operation: string): boolean =>
  exclusions.some((each) => each.service === service && !each.members && each.operations?.test(operation));

export const memberExcluded = (service: string, operation: string, member: string): boolean =>
  exclusions.some((each) => each.service === service && each.members?.test(member) && (each.operations?.test(operation) ?? true));
