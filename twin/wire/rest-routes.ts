import type { WireRequest } from './http-message.js';
import { malformed } from './malformed.js';
import type { OperationModel, ServiceModel } from './service-model.js';

export interface RestRoute {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly operation: OperationModel;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Query fields the URI itself names, as in `/{Key+}?acl`. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Query fields and headers without which it is another operation. */
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  /** How much it asks for: of all that match, the most demanding is meant. */
  readonly weight: number;
}

const patternsOf = new WeakMap<ServiceModel, Pattern[]>();

/** Finds the operation whose URI pattern and required members fit best. */
export const findRestRoute = (
  model: ServiceModel,
  request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
): RestRoute | undefined => {
  const patterns = patternsOf.get(model) ?? compile(model);
  const id = request.query.get('x-id');
  const fitting = patterns
    .filter(({ operation }) => operation.http.method === request.method)
    .map((pattern) => ({ pattern, match: pattern.path.exec(request.path) }))
    .filter(({ pattern, match }) => match && fits(pattern, request))
    .sort((a, b) => b.pattern.weight - a.pattern.weight);
  const best = fitting.find(({ pattern }) => pattern.operation.name === id) ?? fitting[0];
  if (!best) return undefined;
  const { pattern, match } = best;
  return {
    operation: pattern.operation,
    labels: Object.fromEntries(pattern.labels.map((label, index) => [label, decode(match![index + 1]!)])),
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed(`${text} in the path is not percent-encoded UTF-8`, 'InvalidURI');
  }
};

const fits = (pattern: Pattern, { query, headers }: Pick<WireRequest, 'query' | 'headers'>): boolean =>
  pattern.query.every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value)) &&
  pattern.requiredQuery.every((name) => query.has(name)) &&
  pattern.requiredHeaders.every((name) => headers[name] !== undefined);

const compile = (model: ServiceModel): Pattern[] => {
  const patterns = [...model.operations.values()].map((operation) => compileOne(operation));
  patternsOf.set(model, patterns);
  return patterns;
};

const compileOne = (operation: OperationModel): Pattern => {
  const [path = '/', fixed = ''] = operation.http.uri.split('?');
  const labels: string[] = [];
  const inBucket =
    !path.includes('{Bucket}') &&
    [...operation.input.structIterator()].some(([name, member]) => name === 'Bucket' && member.getMergedTraits().httpLabel);
  // S3's patterns leave the bucket out, because its host name may hold it; the twin's requests have it in front.
  const whole = inBucket ? `/{Bucket}${path === '/' ? '' : path}` : path;
  const source = whole.replace(/\{(\w+)(\+?)\}|[.*^$()|[\]\\]/g, (found, label: string | undefined, greedy: string) => {
    if (label === undefined) return `\\${found}`;
    labels.push(label);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const query = [...new URLSearchParams(fixed)].filter(([name]) => name !== 'x-id');
  const required = [...operation.input.structIterator()]
    .filter(([name]) => operation.required.has(name))
    .map(([, member]) => member.getMergedTraits());
  const requiredQuery = required.flatMap(({ httpQuery }) => (httpQuery ? [httpQuery] : []));
  const requiredHeaders = required.flatMap(({ httpHeader }) => (httpHeader ? [httpHeader.toLowerCase()] : []));
  const literal = whole.replace(/\{[^}]*\}/g, '').length;
  const weight = 100 * (query.length + requiredQuery.length + requiredHeaders.length) + literal - (path.includes('+}') ? 10 : 0);
  return { operation, path: new RegExp(`^${source}/?$`), labels, query, requiredQuery, requiredHeaders, weight };
};
