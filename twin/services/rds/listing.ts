import type { Filter } from '@aws-sdk/client-rds';
import { page } from '../page.js';
import { badMarker, invalidValue } from './records.js';

/** One page as RDS gives it: 20 to 100 records. @throws AwsError InvalidParameterValue */
export const paged = <T>(items: readonly T[], { Marker, MaxRecords = 100 }: { Marker?: string; MaxRecords?: number }) => {
  if (MaxRecords < 20 || MaxRecords > 100) throw invalidValue(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
  return page(items, { token: Marker, most: MaxRecords }, badMarker);
};

/** What passes every filter; `held` says what an item holds under each name. @throws AwsError InvalidParameterValue */
export const filtered = <T>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  held: Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>,
): T[] => {
  const tests = (filters ?? []).map(({ Name = '', Values = [] }) => {
    const values = held[Name];
    if (!values) throw invalidValue(`Unrecognized filter name: ${Name}`);
    return (item: T): boolean => values(item).some((value) => value !== undefined && Values.includes(value));
  });
  return items.filter((item) => tests.every((passes) => passes(item)));
};
