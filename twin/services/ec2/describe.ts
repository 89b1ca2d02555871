import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { filtered, nextPage, type Fields } from './filters.js';
import { find, network } from './records.js';
import { tagsOf } from './tags.js';

type Kinds = Omit<ReturnType<typeof network>, 'tags' | 'byToken'>;
type RecordOf<K extends keyof Kinds> = Kinds[K] extends Map<string, infer R> ? R : never;

interface Asked {
  readonly Filters?: readonly EC2.Filter[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** One page of the records of a kind: those with these ids, or all, that pass the filters; each with its tags. */
export const described = <K extends keyof Kinds>(
  ctx: Context,
  kind: K,
  {
    ids,
    asked,
    idOf,
    fields,
  }: { ids: readonly string[] | undefined; asked: Asked; idOf: (record: RecordOf<K>) => string; fields: Fields<RecordOf<K>> },
): { items: (RecordOf<K> & { Tags: EC2.Tag[] })[]; next: string | undefined } => {
  const all = [...(network(ctx)[kind] as unknown as Map<string, RecordOf<K>>).values()];
  const named = ids?.length ? ids.map((id) => find(ctx, kind, id)) : all;
  const { items, next } = nextPage(
    filtered(named, asked.Filters, fields, (record) => tagsOf(ctx, idOf(record))),
    asked,
  );
  return { items: items.map((record) => ({ ...(record as RecordOf<K> & object), Tags: tagsOf(ctx, idOf(record)) })), next };
};
