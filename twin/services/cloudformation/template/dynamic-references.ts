import type { Context } from '../../../world/context.js';
import { validationError } from '../errors.js';
import { isObject } from './template.js';

const pattern = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}/g;
/** Of the properties that AWS lets hold a secure string, those of the types this twin knows. */
const secureProperties = ['AWS::RDS::DBInstance/MasterUserPassword', 'AWS::RDS::DBCluster/MasterUserPassword'];

/** `secret-id:SecretString:json-key:version-stage:version-id`; the id may be an ARN, which has colons of its own. */
const secretParts = (text: string): { id: string; key: string; stage: string; version: string } => {
  const pieces = text.split(':');
  const id = pieces.splice(0, pieces[0] === 'arn' ? 7 : 1).join(':');
  const [kind = 'SecretString', key = '', stage = '', version = ''] = pieces;
  if (kind !== 'SecretString' && kind !== '') throw validationError(`Invalid dynamic reference: ${kind} is not SecretString`);
  return { id, key, stage, version };
};

const secretValue = async (text: string, ctx: Context): Promise<string> => {
  const { id, key, stage, version } = secretParts(text);
  const answer = await ctx.call<{ SecretString?: string }>('secrets-manager', 'GetSecretValue', {
    SecretId: id,
    ...(stage ? { VersionStage: stage } : {}),
    ...(version ? { VersionId: version } : {}),
  });
  const whole = answer.SecretString ?? '';
  if (key === '') return whole;
  let members: unknown;
  try {
    members = JSON.parse(whole);
  } catch {
    throw validationError('Could not parse SecretString JSON');
  }
  const value = isObject(members) ? members[key] : undefined;
  if (value === undefined) throw validationError('Could not find a value associated with JSONKey in SecretString');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const parameterValue = async (text: string, secure: boolean, ctx: Context): Promise<string> => {
  const answer = await ctx.call<{ Parameter?: { Value?: string; Type?: string } }>('ssm', 'GetParameter', {
    Name: text,
    ...(secure ? { WithDecryption: true } : {}),
  });
  if (!secure && answer.Parameter?.Type === 'SecureString') {
    throw validationError(`Non-secure ssm prefix was used for secure parameter: ${text}`);
  }
  return answer.Parameter?.Value ?? '';
};

const resolveText = async (text: string, place: string, ctx: Context): Promise<string> => {
  let resolved = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, service, argument = ''] = match;
    if (service === 'ssm-secure' && !secureProperties.includes(place)) {
      throw validationError(`SSM Secure reference is not supported in: [${place.replace('/', '/Properties/')}]`);
    }
    const value = service === 'secretsmanager' ? secretValue(argument, ctx) : parameterValue(argument, service === 'ssm-secure', ctx);
    resolved += text.slice(from, match.index) + (await value);
    from = match.index + whole.length;
  }
  return resolved + text.slice(from);
};

/** The value with `{{resolve:…}}` replaced by what the parameter store and Secrets Manager hold now; `place` is `Type/Property`. */
export const resolveDynamicReferences = async (value: unknown, place: string, ctx: Context): Promise<unknown> => {
  if (typeof value === 'string') return value.includes('{{resolve:') ? resolveText(value, place, ctx) : value;
  if (Array.isArray(value)) return Promise.all(value.map((member) => resolveDynamicReferences(member, place, ctx)));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(async ([key, member]) => [key, await resolveDynamicReferences(member, place, ctx)] as const);
  return Object.fromEntries(await Promise.all(members));
};
