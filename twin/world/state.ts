/** A named piece of a service's records; `scope` says how many of it there are. */
export interface StateKey<T> {
  readonly name: string;
  /** `region`: one per account and region. `account`: one per account (IAM, Route 53, bucket names live in `partition`). */
  readonly scope: 'region' | 'account' | 'partition';
  readonly initial: () => T;
}

/** Records of a regional service: `const instances = regional('rds.instances', () => new Map<string, DBInstance>())`. */
export const regional = <T>(name: string, initial: () => T): StateKey<T> => ({ name, scope: 'region', initial });
/** Records of a service that is global within an account, as IAM and Route 53 are. */
export const accountWide = <T>(name: string, initial: () => T): StateKey<T> => ({ name, scope: 'account', initial });
/** Records shared by every account, as the names of S3 buckets are. */
export const partitionWide = <T>(name: string, initial: () => T): StateKey<T> => ({ name, scope: 'partition', initial });

/** All records of all services. */
export class Records {
  private readonly held = new Map<string, unknown>();

  of<T>(key: StateKey<T>, account: string, region: string): T {
    const place = key.scope === 'region' ? `${account}/${region}` : key.scope === 'account' ? account : '';
    const name = `${key.name}@${place}`;
    if (!this.held.has(name)) this.held.set(name, key.initial());
    return this.held.get(name) as T;
  }

  /** All records, of which those that are `wanted` are copies of what they hold now; the others are the same. */
  copy(wanted: (name: string, place: string) => boolean): Records {
    const copied = new Records();
    for (const [key, value] of this.held) copied.held.set(key, wanted(...apart(key)) ? copyOf(value) : value);
    return copied;
  }

  /** Everything that is held, for summaries. `place` is empty for what the whole partition shares. */
  entries(): readonly { readonly name: string; readonly place: string; readonly value: unknown }[] {
    return [...this.held].map(([key, value]) => {
      const [name, place] = apart(key);
      return { name, place, value };
    });
  }
}

const apart = (key: string): [name: string, place: string] => {
  const at = key.lastIndexOf('@');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** Plain data copied all the way down. Functions, buffers and objects of a class do not change once they are in a record, and stay. */
export const plainCopy = <T>(value: T): T => copyOf(value) as T;

const copyOf = (value: unknown, copies = new Map<unknown, unknown>()): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = <T extends object>(made: T, fill: (made: T) => void): T => {
    copies.set(value, made);
    fill(made);
    return made;
  };
  const each = (inner: unknown): unknown => copyOf(inner, copies);
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return copy<unknown[]>([], (made) => made.push(...value.map(each)));
  if (value instanceof Map) return copy(new Map(), (made) => value.forEach((inner, key) => made.set(key, each(inner))));
  if (value instanceof Set) return copy(new Set(), (made) => value.forEach((inner) => made.add(each(inner))));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return copy<Record<string, unknown>>({}, (made) => {
    for (const [name, inner] of Object.entries(value)) made[name] = each(inner);
  });
};
