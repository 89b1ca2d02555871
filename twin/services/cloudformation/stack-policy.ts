import { validationError } from './errors.js';
import { isObject } from './template/template.js';

export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

interface Subject {
  readonly logicalId: string;
  readonly type: string;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(String);

const matches = (pattern: string, text: string): boolean => {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`).test(text);
};

const speaksOf = (positive: unknown, negative: unknown, text: string): boolean =>
  positive !== undefined
    ? texts(positive).some((pattern) => matches(pattern, text))
    : !texts(negative ?? []).some((pattern) => matches(pattern, text));

const applies = (statement: Statement, action: UpdateAction, subject: Subject): boolean =>
  speaksOf(statement.Action, statement.NotAction, action) &&
  speaksOf(statement.Resource, statement.NotResource, `LogicalResourceId/${subject.logicalId}`) &&
  conditionHolds(statement.Condition, subject);

const conditionHolds = (condition: unknown, subject: Subject): boolean =>
  !isObject(condition) ||
  Object.values(condition).every(
    (keys) => !isObject(keys) || texts(keys['ResourceType'] ?? []).some((pattern) => matches(pattern, subject.type)),
  );

const statementsOf = (policy: string): readonly Statement[] => {
  const document: unknown = JSON.parse(policy);
  const statements = isObject(document) ? document['Statement'] : undefined;
  return (Array.isArray(statements) ? statements : [statements]) as Statement[];
};

/** @throws AwsError ValidationError when the text is not a stack policy. */
export const checkStackPolicy = (policy: string): void => {
  let valid: boolean;
  try {
    valid = statementsOf(policy).every((one) => isObject(one) && (one['Effect'] === 'Allow' || one['Effect'] === 'Deny'));
  } catch {
    valid = false;
  }
  if (!valid) throw validationError('Error validating stack policy: Invalid stack policy');
};

/**
 * Why a stack policy does not let `action` happen; undefined when it may. Without a policy everything may; with one,
 * only what is allowed and not denied ("Prevent updates to stack resources").
 */
export const denialBy = (policy: string | undefined, action: UpdateAction, subject: Subject): string | undefined => {
  if (policy === undefined) return undefined;
  const statements = statementsOf(policy).map((statement, index) => ({ statement, number: index + 1 }));
  const applying = statements.filter(({ statement }) => applies(statement, action, subject));
  const denying = applying.find(({ statement }) => statement.Effect === 'Deny');
  if (!denying && applying.length > 0) return undefined;
  const by = denying ? `Statement [#${denying.number}] does not allow` : 'No statement allows';
  return `Action denied by stack policy: ${by} [${action}] for resource [${subject.logicalId}]`;
};
