import type * as Acm from '@aws-sdk/client-acm';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType, Stability } from '../service.js';
import { readProperties } from '../template-properties.js';

interface ValidationOption {
  readonly DomainName?: string;
  readonly HostedZoneId?: string;
}

const type = 'AWS::CertificateManager::Certificate';
const read = (properties: ResourceProperties) => {
  const given = readProperties(type, properties, [
    ...['DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions', 'KeyAlgorithm', 'Tags'],
    'CertificateTransparencyLoggingPreference',
  ]);
  const options = (given.raw('DomainValidationOptions') ?? []) as (ValidationOption & Record<string, unknown>)[];
  for (const option of options) acceptProperties(`${type} DomainValidationOptions`, option, ['DomainName', 'HostedZoneId']);
  return { given, options: options as readonly ValidationOption[] };
};

/**
 * Writes the validation records into the zones that the template names. CloudFormation leaves them behind when the certificate goes,
 * since other certificates may be proven by the same records.
 */
const writeRecords = async (certificate: Acm.CertificateDetail, options: readonly ValidationOption[], ctx: Context): Promise<void> => {
  for (const { DomainName, HostedZoneId } of options) {
    const validation = certificate.DomainValidationOptions?.find((each) => each.DomainName === DomainName?.toLowerCase());
    const record = validation?.ResourceRecord;
    if (!HostedZoneId || !record || validation.ValidationStatus !== 'PENDING_VALIDATION') continue;
    const { ResourceRecordSets = [] } = await ctx.call<{ ResourceRecordSets?: { Name?: string; Type?: string }[] }>(
      'route-53',
      'ListResourceRecordSets',
      { HostedZoneId, StartRecordName: record.Name, StartRecordType: 'CNAME', MaxItems: 1 },
    );
    if (ResourceRecordSets[0]?.Name === record.Name && ResourceRecordSets[0]?.Type === 'CNAME') continue;
    const ResourceRecordSet = { Name: record.Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: record.Value }] };
    const ChangeBatch = { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] };
    await ctx.call('route-53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch });
  }
};

const described = async (CertificateArn: string, ctx: Context): Promise<Acm.CertificateDetail> =>
  (await ctx.call<{ Certificate: Acm.CertificateDetail }>('acm', 'DescribeCertificate', { CertificateArn })).Certificate;

const syncTags = async (CertificateArn: string, before: readonly Acm.Tag[], after: readonly Acm.Tag[], ctx: Context): Promise<void> => {
  const gone = before.filter((old) => !after.some(({ Key }) => Key === old.Key)).map(({ Key }) => ({ Key }));
  if (gone.length) await ctx.call('acm', 'RemoveTagsFromCertificate', { CertificateArn, Tags: gone });
  if (after.length) await ctx.call('acm', 'AddTagsToCertificate', { CertificateArn, Tags: after });
};

export const certificate: ResourceType = {
  type,
  replacedOn: [
    ...['DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions', 'KeyAlgorithm'],
    'CertificateTransparencyLoggingPreference',
  ],
  create: async (properties, ctx) => {
    const { given } = read(properties);
    const preference = given.text('CertificateTransparencyLoggingPreference');
    const { CertificateArn } = await ctx.call<{ CertificateArn: string }>('acm', 'RequestCertificate', {
      DomainName: given.text('DomainName'),
      ValidationMethod: given.text('ValidationMethod'),
      SubjectAlternativeNames: given.texts('SubjectAlternativeNames'),
      KeyAlgorithm: given.text('KeyAlgorithm'),
      Tags: given.tags(),
      ...(preference ? { Options: { CertificateTransparencyLoggingPreference: preference } } : {}),
    });
    return { physicalId: CertificateArn };
  },
  stable: async (arn, properties, ctx): Promise<Stability> => {
    const found = await described(arn, ctx);
    if (found.Status === 'ISSUED') return { stable: true };
    if (found.Status !== 'PENDING_VALIDATION') return { failed: `Certificate ${arn} is ${found.Status}` };
    await writeRecords(found, read(properties).options, ctx);
    return undefined;
  },
  update: async (arn, properties, previous, ctx) => {
    await syncTags(arn, read(previous).given.tags() ?? [], read(properties).given.tags() ?? [], ctx);
    return { physicalId: arn };
  },
  delete: async (CertificateArn, _properties, ctx) => void (await ctx.call('acm', 'DeleteCertificate', { CertificateArn })),
};
