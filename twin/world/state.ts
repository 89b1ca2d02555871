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

  /** Everything that is held, for summaries. `place` is empty for what the whole partition shares. */
  entries(): readonly { readonly name: string; readonly place: string; readonly value: unknown }[] {
    return [...this.held].map(([key, value]) => {
      const at = key.lastIndexOf('@');
      return { name: key.slice(0, at), place: key.slice(at + 1), value };
    });
  }
}
