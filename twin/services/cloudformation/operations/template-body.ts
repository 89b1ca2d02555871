import type { Context } from '../../../world/context.js';
import { AwsError } from '../../../wire/aws-error.js';
import { validationError } from '../errors.js';
import type { StackRecord } from '../records.js';

/** CloudFormation quotas: bytes of a template given inline, and of one in S3. */
const mostInline = 51_200;
const mostInS3 = 1_048_576;

interface TemplateSource {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/**
 * The template's text: inline, from the twin's own S3, or the stack's present one.
 * @throws AwsError ValidationError when there is not exactly one source, or it cannot be read.
 */
export const templateBody = async (source: TemplateSource, stack: StackRecord | undefined, ctx: Context): Promise<string> => {
  const { TemplateBody, TemplateURL, UsePreviousTemplate } = source;
  const given = [TemplateBody !== undefined, TemplateURL !== undefined, UsePreviousTemplate === true].filter(Boolean).length;
  if (given !== 1) throw validationError('Either Template URL or Template Body must be specified.');
  if (TemplateURL !== undefined) return fetched(TemplateURL, ctx);
  if (TemplateBody !== undefined) {
    if (Buffer.byteLength(TemplateBody) <= mostInline) return TemplateBody;
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${mostInline}`,
    );
  }
  if (!stack?.deployment) throw validationError('Cannot use the previous template: the stack has none.');
  return stack.deployment.body;
};

/** Bucket and key of a path-style (`https://s3…/bucket/key`) or virtual-hosted (`https://bucket.s3…/key`) URL. */
const objectOf = (address: string): { bucket: string; key: string } => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw validationError('TemplateURL must be a supported URL.');
  }
  const [first = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const virtual = /^(.+)\.s3[.-]/.exec(url.hostname)?.[1];
  const found = virtual === undefined ? { bucket: first, key: rest.join('/') } : { bucket: virtual, key: [first, ...rest].join('/') };
  if (found.bucket === '' || found.key === '')
    throw validationError('TemplateURL must reference a valid S3 object to which you have access.');
  return found;
};

const fetched = async (address: string, ctx: Context): Promise<string> => {
  const { bucket, key } = objectOf(address);
  let body: unknown;
  try {
    body = (await ctx.onBehalf('cloudformation').call<{ Body?: unknown }>('s3', 'GetObject', { Bucket: bucket, Key: key })).Body;
  } catch (error) {
    if (error instanceof AwsError && error.code !== 'NotModelled') throw validationError(`S3 error: ${error.message}`);
    throw error;
  }
  const text = await asText(body);
  if (Buffer.byteLength(text) > mostInS3) throw validationError(`Template may not exceed ${mostInS3} bytes in size.`);
  return text;
};

/** A body as the twin's S3 hands it over: bytes, text or a stream. */
const asText = async (body: unknown): Promise<string> => {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const pieces: Uint8Array[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array | string>) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
};
