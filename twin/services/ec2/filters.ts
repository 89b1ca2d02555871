import type * as EC2 from '@aws-sdk/client-ec2';
import { page } from '../page.js';
import { ec2Error } from './records.js';

/** What a filter compares: text, several texts of which one must match, or nothing. */
export type Fields<T> = Readonly<Record<string, (item: T) => string | boolean | undefined | readonly (string | undefined)[]>>;

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  ).test(text);

const textsOf = <T>(fields: Fields<T>, tagsOf: ((item: T) => readonly EC2.Tag[]) | undefined, name: string): ((item: T) => string[]) => {
  const known = fields[name];
  if (known) {
    return (item) => {
      const value = known(item);
      const texts = typeof value === 'object' ? value : [value];
      return texts.flatMap((one) => (one === undefined ? [] : [String(one)]));
    };
  }
  if (tagsOf && name === 'tag-key') return (item) => tagsOf(item).flatMap(({ Key }) => Key ?? []);
  if (tagsOf && name.startsWith('tag:')) {
    return (item) => tagsOf(item).flatMap(({ Key, Value }) => (Key === name.slice(4) ? [Value ?? ''] : []));
  }
  throw ec2Error('InvalidParameterValue', `The filter '${name}' is invalid`);
};

/**
 * Items that pass every filter: one of its values must match (`*` and `?` are wildcards).
 * @throws AwsError `InvalidParameterValue` for a filter the twin does not know.
 */
export const filtered = <T>(
  items: readonly T[],
  filters: readonly EC2.Filter[] | undefined,
  fields: Fields<T>,
  tagsOf?: (item: T) => readonly EC2.Tag[],
): T[] =>
  (filters ?? []).reduce<T[]>(
    (kept, { Name = '', Values = [] }) => {
      const texts = textsOf(fields, tagsOf, Name);
      return kept.filter((item) => texts(item).some((text) => Values.some((pattern) => like(pattern, text))));
    },
    [...items],
  );

export const nextPage = <T>(items: readonly T[], asked: { NextToken?: string | undefined; MaxResults?: number | undefined }) =>
  page(items, { token: asked.NextToken, most: asked.MaxResults ?? 1000 }, () => ec2Error('InvalidNextToken', 'The token is invalid.'));
