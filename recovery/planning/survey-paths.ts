import { globalOutputsSchema, siteFactsSchema, siteOutputsSchema } from '../../lib/contract/outputs.js';
import { isRecord } from './schema-at.js';

/** What a condition may compare with: the value of a fact. */
export type FactValue = string | number | boolean;
export type FactType = 'string' | 'number' | 'boolean';

/** What a schema is made of, as far as we look into it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, { readonly def: unknown }>>;
  readonly valueType?: { readonly def: unknown };
}

const leavesOf = (path: string, schema: { readonly def: unknown }): (readonly [path: string, type: FactType])[] => {
  const { type, shape, valueType } = schema.def as Definition;
  if (shape) return Object.entries(shape).flatMap(([key, one]) => leavesOf(`${path}.${key}`, one));
  if (valueType) return leavesOf(`${path}.*`, valueType);
  return type === 'string' || type === 'number' || type === 'boolean' ? [[path, type]] : [];
};

/** Every fact of a survey's targets and its type; one that ends with `*` stands for any name. */
export const surveyPaths: ReadonlyMap<string, FactType> = new Map([
  ...leavesOf('facts', siteFactsSchema),
  ...leavesOf('site', siteOutputsSchema),
  ...leavesOf('global', globalOutputsSchema),
]);

/** The type of the fact at a path; undefined where a survey has none. */
export const factType = (path: string): FactType | undefined => surveyPaths.get(path) ?? surveyPaths.get(`${openIn(path)}.*`);

/** The fact at a path in what was surveyed; undefined where it is not there. */
export const factAt = (targets: object, path: string): FactValue | undefined => {
  const open = openIn(path);
  // A name behind an open place has dots of its own: a database parameter is called rds.force_ssl.
  const keys = open === undefined ? path.split('.') : [...open.split('.'), path.slice(open.length + 1)];
  const found = keys.reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), targets);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined;
};

/** Places with names of their own. */
const openPlaces = [...surveyPaths.keys()].filter((known) => known.endsWith('.*')).map((known) => known.slice(0, -2));

/** The one of those that a path leads into. */
const openIn = (path: string): string | undefined =>
  openPlaces.find((open) => path.startsWith(`${open}.`) && path.length > open.length + 1);
