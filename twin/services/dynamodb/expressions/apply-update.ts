import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { addNumbers, negated } from '../decimal.js';
import { validation } from '../errors.js';
import { identityOf, kindOf, type Item } from '../values.js';
import { valueAt, type Path } from './paths.js';
import type { SetValue, Update } from './update.js';

const wrongType = (): Error => validation('An operand in the update expression has an incorrect data type');
const badPath = (): Error => validation('The document path provided in the update expression is invalid for update');

/**
 * The item as the update leaves it. Every right-hand side reads the item as it was; removals come last, from the end of each list.
 * @throws AwsError ValidationException for operands and paths that do not fit the item.
 */
export const applyUpdate = (update: Update, before: Item): Item => {
  const after = structuredClone(before);
  const values = update.set.map(({ path, value }) => ({ path, value: evaluate(value, before) }));
  for (const { path, value } of values.sort((one, other) => lastIndex(one.path) - lastIndex(other.path))) write(after, path, value);
  for (const { path, value } of update.add) write(after, path, added(valueAt(before, path), value));
  for (const { path, value } of update.delete) {
    const held = valueAt(before, path);
    if (held === undefined) continue;
    const left = without(held, value);
    if (left === undefined) remove(after, path);
    else write(after, path, left);
  }
  for (const path of [...update.remove].sort((one, other) => lastIndex(other) - lastIndex(one))) remove(after, path);
  return after;
};

const lastIndex = (path: Path): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

const evaluate = (value: SetValue, item: Item): AttributeValue => {
  switch (value.is) {
    case 'value':
      return value.value;
    case 'path': {
      const found = valueAt(item, value.path);
      if (found === undefined) throw validation('The provided expression refers to an attribute that does not exist in the item');
      return found;
    }
    case 'if_not_exists':
      return valueAt(item, value.path) ?? evaluate(value.otherwise, item);
    case 'list_append': {
      const [first, second] = [evaluate(value.first, item).L, evaluate(value.second, item).L];
      if (!first || !second) throw wrongType();
      return { L: [...first, ...second] };
    }
    default: {
      const [left, right] = [evaluate(value.left, item).N, evaluate(value.right, item).N];
      if (left === undefined || right === undefined) throw wrongType();
      return { N: addNumbers(left, value.is === '+' ? right : negated(right)) };
    }
  }
};

const added = (held: AttributeValue | undefined, value: AttributeValue): AttributeValue => {
  if (held === undefined) return value;
  const kind = kindOf(value);
  if (kindOf(held) !== kind) throw wrongType();
  if (kind === 'N') return { N: addNumbers(held.N!, value.N!) };
  return united(held, value, kind as 'SS' | 'NS' | 'BS');
};

type SetKind = 'SS' | 'NS' | 'BS';
const membersOf = (value: AttributeValue, kind: SetKind): Map<string, unknown> =>
  new Map((value[kind] as readonly unknown[]).map((member) => [identityOf({ [kind[0]!]: member } as never), member]));
const setOf = (kind: SetKind, members: Map<string, unknown>): AttributeValue => ({ [kind]: [...members.values()] }) as never;

const united = (held: AttributeValue, value: AttributeValue, kind: SetKind): AttributeValue =>
  setOf(kind, new Map([...membersOf(held, kind), ...membersOf(value, kind)]));

/** Undefined when nothing is left: an empty set is no value. */
const without = (held: AttributeValue, value: AttributeValue): AttributeValue | undefined => {
  const kind = kindOf(value) as SetKind;
  if (kindOf(held) !== kind) throw wrongType();
  const gone = membersOf(value, kind);
  const left = new Map([...membersOf(held, kind)].filter(([key]) => !gone.has(key)));
  return left.size === 0 ? undefined : setOf(kind, left);
};

/** The map or list that holds the path's last part. */
const parentOf = (item: Item, path: Path): { map: Item } | { list: AttributeValue[] } => {
  if (path.length === 1) return { map: item };
  const parent = valueAt(item, path.slice(0, -1) as unknown as Path);
  if (typeof path.at(-1) === 'number' && parent?.L) return { list: parent.L };
  if (typeof path.at(-1) === 'string' && parent?.M) return { map: parent.M };
  throw badPath();
};

const write = (item: Item, path: Path, value: AttributeValue): void => {
  const parent = parentOf(item, path);
  const last = path.at(-1)!;
  if ('map' in parent) parent.map[last] = structuredClone(value);
  // Beyond the end, DynamoDB appends.
  else parent.list.splice(Math.min(Number(last), parent.list.length), 1, structuredClone(value));
};

const remove = (item: Item, path: Path): void => {
  const parent = parentOf(item, path);
  const last = path.at(-1)!;
  if ('map' in parent) delete parent.map[last];
  else parent.list.splice(Number(last), 1);
};
