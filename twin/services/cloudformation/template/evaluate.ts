import { validationError } from '../errors.js';
import { cidrBlocks } from './cidr.js';
import { dotted, getAttArguments } from './references.js';
import { isUnknown, knownAfterApply, noValue, type Scope } from './scope.js';
import { substitutionParts } from './substitution.js';
import { isObject } from './template.js';

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const malformed = (name: string, wants: string): Error => validationError(`Template error: every ${name} object requires ${wants}`);

const listOf = (name: string, argument: unknown, wants: string, least: number, most = least): unknown[] => {
  if (!Array.isArray(argument) || argument.length < least || argument.length > most) throw malformed(name, wants);
  return argument as unknown[];
};

const text = (value: unknown, name: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw malformed(name, 'strings, and one of its values is not a string');
};

/** Nothing can be computed from a value that only exists later; the result exists only later too. */
const unlessUnknown = (values: unknown, compute: () => unknown): unknown => (isUnknown(values) ? knownAfterApply : compute());

const sub: Intrinsic = async (argument, scope) => {
  const [pattern, variables = {}] = (Array.isArray(argument) ? argument : [argument]) as [string, Record<string, unknown>?];
  const pieces = substitutionParts(pattern).map(async (part) => {
    if ('text' in part) return part.text;
    if (part.name in variables) return text(await evaluate(variables[part.name], scope), 'Fn::Sub');
    const { name, attribute } = dotted(part.name);
    return text(attribute === undefined ? scope.ref(name) : scope.attribute(name, attribute), 'Fn::Sub');
  });
  return (await Promise.all(pieces)).join('');
};

const join: Intrinsic = async (argument, scope) => {
  const [separator, list] = listOf('Fn::Join', argument, 'two parameters, (1) a string delimiter and (2) a list of strings', 2);
  const members = await evaluate(list, scope);
  if (members === knownAfterApply) return knownAfterApply;
  if (!Array.isArray(members)) throw malformed('Fn::Join', 'two parameters, (1) a string delimiter and (2) a list of strings');
  return members.map((member) => text(member, 'Fn::Join')).join(text(separator, 'Fn::Join'));
};

const select: Intrinsic = async (argument, scope) => {
  const wants = 'two non-null parameters, the first is an integer index and the second a list';
  const [index, list] = (await evaluate(listOf('Fn::Select', argument, wants, 2), scope)) as unknown[];
  return unlessUnknown(list, () => {
    const chosen: unknown = Array.isArray(list) ? list[Number(index)] : undefined;
    if (chosen === undefined) throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${String(index)}`);
    return chosen;
  });
};

const split: Intrinsic = async (argument, scope) => {
  const [separator, source] = (await evaluate(
    listOf('Fn::Split', argument, 'two parameters, a delimiter and a string', 2),
    scope,
  )) as unknown[];
  return unlessUnknown(source, () => text(source, 'Fn::Split').split(text(separator, 'Fn::Split')));
};

const findInMap: Intrinsic = async (argument, scope) => {
  const keys = (await evaluate(
    listOf('Fn::FindInMap', argument, 'three parameters, the map name, map key and attribute', 3),
    scope,
  )) as unknown[];
  const [map, first, second] = keys.map((key) => text(key, 'Fn::FindInMap')) as [string, string, string];
  return scope.mapping(map, first, second);
};

const cidr: Intrinsic = async (argument, scope) => {
  const [block, count, bits = 8] = (await evaluate(
    listOf('Fn::Cidr', argument, 'an IP block, a count and host bits', 2, 3),
    scope,
  )) as unknown[];
  return unlessUnknown(block, () => cidrBlocks(text(block, 'Fn::Cidr'), Number(count), Number(bits)));
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(argument as string),
  'Fn::GetAtt': async (argument, scope) => {
    const { name, attribute } = getAttArguments(argument);
    return scope.attribute(name, text(await evaluate(attribute, scope), 'Fn::GetAtt'));
  },
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::Cidr': cidr,
  'Fn::Base64': async (argument, scope) => {
    const value = await evaluate(argument, scope);
    return unlessUnknown(value, () => Buffer.from(text(value, 'Fn::Base64')).toString('base64'));
  },
  'Fn::GetAZs': async (argument, scope) => scope.availabilityZones(text(await evaluate(argument, scope), 'Fn::GetAZs')),
  'Fn::ImportValue': async (argument, scope) => {
    const name = await evaluate(argument, scope);
    return unlessUnknown(name, () => scope.importValue(text(name, 'Fn::ImportValue')));
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = listOf('Fn::If', argument, 'three parameters, a condition and two values', 3);
    return evaluate(scope.condition(text(condition, 'Fn::If')) ? whenTrue : whenFalse, scope);
  },
};

/**
 * The value with every intrinsic function carried out; `AWS::NoValue` takes its property or list member with it.
 * @throws AwsError ValidationError for a function the template language does not have here, or wrong arguments.
 */
export const evaluate = async (value: unknown, scope: Scope): Promise<unknown> => {
  if (Array.isArray(value)) {
    const members = await Promise.all(value.map((member) => evaluate(member, scope)));
    return members.filter((member) => member !== noValue);
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length === 1 && name !== undefined) {
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(value[name], scope);
    if (name.startsWith('Fn::')) throw validationError(`Template validation error: unsupported function ${name}`);
  }
  const members = await Promise.all(keys.map(async (key) => [key, await evaluate(value[key], scope)] as const));
  return Object.fromEntries(members.filter(([, member]) => member !== noValue));
};
