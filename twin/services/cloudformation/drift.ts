import type { PropertyDifference, StackResourceDriftStatus } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../world/context.js';
import type { ResourceProperties } from '../service.js';
import { backing, type Catalog } from './catalog.js';
import { isReadable, readBack } from './read-back.js';
import type { ResourceRecord } from './records.js';
import { isObject } from './template/template.js';

/** A resource as the stack wants it beside what the service says it is. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: StackResourceDriftStatus;
  readonly expected: ResourceProperties;
  readonly actual: ResourceProperties | undefined;
  readonly differences: readonly PropertyDifference[];
  readonly checkedAt: Date;
}

/** Compares one resource; `undefined` for a type that the twin cannot read back: that it has not drifted is then not known. */
export const driftOf = async (record: ResourceRecord, catalog: Catalog, ctx: Context): Promise<ResourceDrift | undefined> => {
  const { logicalId, physicalId, wanted } = record;
  const type = backing(catalog, record.type);
  if (!isReadable(type) || physicalId === undefined) return undefined;
  const found = await readBack(type, physicalId, ctx);
  const about = { logicalId, physicalId, type: record.type, checkedAt: ctx.date() };
  if (!found) return { ...about, status: 'DELETED', expected: wanted, actual: undefined, differences: [] };
  // "CloudFormation only determines drift for property values that are explicitly set", and here only for what the service tells.
  const told = Object.keys(record.properties).filter((name) => name in found.properties);
  const differences = told.flatMap((name) => differencesIn(`/${name}`, record.properties[name], found.properties[name]));
  const chosen = (all: ResourceProperties): ResourceProperties => Object.fromEntries(told.map((name) => [name, all[name]]));
  const status = differences.length > 0 ? 'MODIFIED' : 'IN_SYNC';
  return { ...about, status, expected: chosen(wanted), actual: chosen(found.properties), differences };
};

/** Templates write numbers and truths as text too. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const differencesIn = (path: string, expected: unknown, actual: unknown): readonly PropertyDifference[] => {
  if (actual === undefined) return [{ PropertyPath: path, ExpectedValue: asText(expected), ActualValue: 'null', DifferenceType: 'REMOVE' }];
  if (isObject(expected) && isObject(actual)) {
    return Object.keys(expected).flatMap((key) => differencesIn(`${path}/${key}`, expected[key], actual[key]));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return sameMembers(expected, actual) ? [] : [unequal(path, expected, actual)];
  return asText(expected) === asText(actual) ? [] : [unequal(path, expected, actual)];
};

/** Tags and rules come back in another order, and with members that nobody set. */
const sameMembers = (expected: readonly unknown[], actual: readonly unknown[]): boolean =>
  expected.length === actual.length && expected.every((member) => actual.some((other) => differencesIn('', member, other).length === 0));

const unequal = (path: string, expected: unknown, actual: unknown): PropertyDifference => ({
  PropertyPath: path,
  ExpectedValue: asText(expected),
  ActualValue: asText(actual),
  DifferenceType: 'NOT_EQUAL',
});
