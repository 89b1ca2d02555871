import { AwsError } from '../wire/aws-error.js';
import type { ServicePrincipal } from '../world/context.js';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
const parts = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

export const list = (value: string | boolean | readonly string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat().map(String);
export const like = (pattern: string, value: string, flags = ''): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    `s${flags}`,
  ).test(value);

type Compares = (wanted: string, value: string) => boolean;
const equal: Compares = (wanted, value) => wanted === value;
const equalIgnoringCase: Compares = (wanted, value) => wanted.toLowerCase() === value.toLowerCase();
const likeExactly: Compares = (wanted, value) => like(wanted, value);
/** Condition operators (IAM user guide, "JSON policy elements: condition operators"); each has a negated form and an `IfExists` form. */
const operators: Readonly<Record<string, Compares>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringLike: likeExactly,
  ArnEquals: likeExactly,
  ArnLike: likeExactly,
  Bool: equalIgnoringCase,
};
const readOperator = (name: string): { compares: Compares; negated: boolean; ifExists: boolean } | undefined => {
  const plain = name.replace(/IfExists$/, '');
  const compares = operators[plain] ?? operators[plain.replace('Not', '')];
  return compares && { compares, negated: !(plain in operators), ifExists: plain !== name };
};

export const readPolicy = (policy: string): Statement[] =>
  [(JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement ?? []].flat();

/**
 * Checks that a resource policy is one the twin can evaluate; `malformed` is the service's own error for one that no one could.
 * @throws AwsError `NotModelled` (501) naming the element or operator that the twin does not have.
 */
export const checkResourcePolicy = (policy: string, service: string, malformed: (why: string) => AwsError): void => {
  let statements: Statement[];
  try {
    statements = readPolicy(policy);
  } catch {
    throw malformed('not valid JSON');
  }
  const foreign = new RegExp(`^(\\*|${service}:.+)$`, 'i');
  for (const statement of statements) {
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('statement without Effect');
    const others = [
      ...Object.keys(statement).filter((name) => !parts.includes(name)),
      ...Object.keys(statement.Condition ?? {}).filter((name) => !readOperator(name)),
    ];
    if (others.length > 0)
      throw new AwsError('NotModelled', `NotModelled: ${service} policy with ${others.join(', ')}: the twin does not evaluate this`, {
        status: 501,
      });
    if (statement.Principal === undefined) throw malformed('statement without Principal');
    if (list(statement.Action).length === 0) throw malformed('statement without Action');
    if (list(statement.Action).some((action) => !foreign.test(action))) throw malformed('statement action out of service scope');
  }
};

/** What a service asks of a resource. */
export interface PolicyRequest {
  readonly service: ServicePrincipal;
  /** `SNS:Publish`; policies name actions in any case. */
  readonly action: string;
  readonly resourceArn: string;
}

/** Whether a resource's own policy lets a service do something: a Deny wins, and without an Allow the answer is no. */
export const policyAllows = (policy: string | undefined, request: PolicyRequest): boolean => {
  const applying = policy ? readPolicy(policy).filter((statement) => applies(statement, request)) : [];
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
};

/**
 * Whether a resource's own policy forbids a principal something. What it does not forbid is for the principal's own policies to allow,
 * which the twin does not evaluate.
 */
export const policyDenies = (policy: string | undefined, by: { principalArn: string; action: string; resourceArn: string }): boolean => {
  const account = by.principalArn.split(':')[4] ?? '';
  const service = { name: by.principalArn, keys: { 'aws:PrincipalArn': by.principalArn, 'aws:PrincipalAccount': account } };
  const names = [by.principalArn, account, `arn:aws:iam::${account}:root`];
  return (policy ? readPolicy(policy) : []).some(
    (statement) => statement.Effect === 'Deny' && applies(statement, { ...by, service }, names),
  );
};

const applies = (statement: Statement, { service, action, resourceArn }: PolicyRequest, names = [service.name]): boolean =>
  isPrincipal(statement.Principal, names) &&
  list(statement.Action).some((pattern) => like(pattern, action, 'i')) &&
  list(statement.Resource).some((pattern) => like(pattern, resourceArn)) &&
  conditionsHold(statement.Condition ?? {}, service);

/** Everybody includes services: that is how the default policy of a topic, which says `AWS: *`, lets alarms of its account in. */
const isPrincipal = (principal: Statement['Principal'], names: readonly string[]): boolean =>
  typeof principal === 'string'
    ? principal === '*'
    : list(principal?.AWS).includes('*') || [...list(principal?.AWS), ...list(principal?.Service)].some((named) => names.includes(named));

const conditionsHold = (conditions: NonNullable<Statement['Condition']>, service: ServicePrincipal): boolean => {
  const keys = new Map(
    Object.entries({ 'aws:SecureTransport': 'true', ...service.keys }).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return Object.entries(conditions).every(([name, wanted]) => {
    const { compares, negated, ifExists } = readOperator(name)!;
    return Object.entries(wanted).every(([key, values]) => {
      const value = keys.get(key.toLowerCase());
      // A key that the request does not carry matches nothing, which a negated operator is content with.
      if (value === undefined) return negated || ifExists;
      return negated !== list(values).some((one) => compares(one, value));
    });
  });
};
