import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonicalNumber } from './decimal.js';
import { validation } from './errors.js';

export type Item = Record<string, AttributeValue>;
export type Kind = 'S' | 'N' | 'B' | 'SS' | 'NS' | 'BS' | 'M' | 'L' | 'BOOL' | 'NULL';
export const kinds: readonly Kind[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

const deepest = 32;
const given = (value: AttributeValue): Kind[] => kinds.filter((kind) => value[kind] !== undefined && value[kind] !== null);

/** Which of the ten data types a checked value has. */
export const kindOf = (value: AttributeValue): Kind => given(value)[0]!;

/** What AWS calls the types in its messages about update operators. */
export const kindNames: Readonly<Record<Kind, string>> = {
  ...{ S: 'STRING', N: 'NUMBER', B: 'BINARY', SS: 'STRING_SET', NS: 'NUMBER_SET', BS: 'BINARY_SET' },
  ...{ M: 'MAP', L: 'LIST', BOOL: 'BOOLEAN', NULL: 'NULL' },
};

const bytesOf = (value: Uint8Array): string => Buffer.from(value).toString('base64');

/**
 * A value as the table keeps it: numbers in their canonical form, sets without an order to rely on.
 * @throws AwsError ValidationException as DynamoDB says it (API reference, "AttributeValue").
 */
export const checkedValue = (value: AttributeValue, depth = 0): AttributeValue => {
  const [kind, other] = given(value);
  if (kind === undefined) throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (other)
    throw validation('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  if (depth > deepest) throw validation('Nesting Levels have exceeded supported limits');
  if (kind === 'N') return { N: canonicalNumber(value.N!) };
  if (kind === 'NULL' && value.NULL !== true) throw invalidParameter('Null attribute value types must have the value of true');
  if (kind === 'NS') return { NS: checkedSet('number', value.NS!.map(canonicalNumber), value.NS!, String) };
  if (kind === 'SS') return { SS: checkedSet('string', value.SS!, value.SS!, String) };
  if (kind === 'BS') return { BS: checkedSet('binary', value.BS!, value.BS!.map(bytesOf), bytesOf) };
  if (kind === 'L') return { L: value.L!.map((member) => checkedValue(member, depth + 1)) };
  if (kind === 'M') return { M: checkedItem(value.M!, depth + 1) };
  return { [kind]: value[kind] } as unknown as AttributeValue;
};

const checkedSet = <T>(type: string, members: readonly T[], shown: readonly string[], keyOf: (member: T) => string): T[] => {
  if (members.length === 0) throw invalidParameter(`An ${type} set  may not be empty`);
  const keys = new Set(members.map(keyOf));
  if (keys.size < members.length) throw invalidParameter(`Input collection [${shown.join(', ')}] contains duplicates.`);
  return [...members];
};

const invalidParameter = (message: string): Error => validation(`One or more parameter values were invalid: ${message}`);

/** Every attribute checked. @throws AwsError ValidationException */
export const checkedItem = (item: Item, depth = 0): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, checkedValue(value, depth)]));

/** The same text for equal values, and only for those: sets have no order. */
export const identityOf = (value: AttributeValue): string => {
  const kind = kindOf(value);
  if (kind === 'B') return `B${bytesOf(value.B!)}`;
  if (kind === 'BS') return `BS${JSON.stringify(value.BS!.map(bytesOf).sort())}`;
  if (kind === 'SS' || kind === 'NS') return `${kind}${JSON.stringify([...value[kind]!].sort())}`;
  if (kind === 'L') return `L[${value.L!.map(identityOf).join()}]`;
  if (kind === 'M')
    return `M{${Object.keys(value.M!)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${identityOf(value.M![name]!)}`)
      .join()}}`;
  return `${kind}${JSON.stringify(value[kind])}`;
};

export const sameValue = (one: AttributeValue, other: AttributeValue): boolean => identityOf(one) === identityOf(other);

/** Bytes an item counts for (developer guide, "DynamoDB item sizes and formats"): names and values in UTF-8. */
export const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

export const sizeOfValue = (value: AttributeValue): number => {
  const kind = kindOf(value);
  if (kind === 'S') return Buffer.byteLength(value.S!);
  if (kind === 'N') return sizeOfNumber(value.N!);
  if (kind === 'B') return value.B!.length;
  if (kind === 'SS') return value.SS!.reduce((sum, member) => sum + Buffer.byteLength(member), 0);
  if (kind === 'NS') return value.NS!.reduce((sum, member) => sum + sizeOfNumber(member), 0);
  if (kind === 'BS') return value.BS!.reduce((sum, member) => sum + member.length, 0);
  if (kind === 'L') return 3 + value.L!.reduce((sum, member) => sum + 1 + sizeOfValue(member), 0);
  if (kind === 'M') return 3 + Object.keys(value.M!).length + sizeOf(value.M!);
  return 1;
};

/** "Approximately (length of attribute name) + (1 byte per two significant digits) + (1 byte)". */
const sizeOfNumber = (text: string): number => Math.ceil(text.replace(/[-.]|^0+|0+$/g, '').length / 2) + (text.startsWith('-') ? 2 : 1);
