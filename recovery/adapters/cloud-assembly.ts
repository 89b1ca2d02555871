import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteTag, type JudgedStack, type Template } from '../../lib/portability/judged.js';
import { hashOf } from '../model/canonical.js';
import { RecoveryError } from '../model/recovery-error.js';

/** A stack of a synthesised assembly. */
export interface AssemblyStack extends JudgedStack {
  readonly terminationProtection: boolean;
  /** Paths of the stacks that have to be there before it. */
  readonly needs: readonly string[];
  /** Hexadecimal SHA-256 of the canonical template: CloudFormation may answer with other blanks. */
  readonly digest: string;
}
export interface CloudAssembly {
  /** What others need comes first. */
  readonly stacks: readonly AssemblyStack[];
  readonly missing: readonly string[];
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly displayName?: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Metadata;
  readonly properties?: {
    readonly templateFile: string;
    readonly stackName?: string;
    readonly terminationProtection?: boolean;
    readonly tags?: Readonly<Record<string, string>>;
  };
}
interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
  readonly missing?: readonly { readonly provider: string; readonly key: string }[];
}
type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** The assembly in `directory`. @throws RecoveryError `invalid` for a folder that is no assembly. */
export const readAssembly = async (directory: string): Promise<CloudAssembly> => {
  const read = async (file: string): Promise<string> =>
    readFile(join(directory, file), 'utf8').catch((cause: unknown) => {
      const why = `${directory} is not a cloud assembly: ${file} cannot be read; name the folder that cdk synth --output wrote`;
      throw new RecoveryError('invalid', 'no-assembly', why, { cause });
    });
  const { artifacts = {}, missing = [] } = JSON.parse(await read('manifest.json')) as Manifest;
  const ids = Object.keys(artifacts).filter((id) => artifacts[id]?.type === 'aws:cloudformation:stack');
  const pathOf = (id: string): string => artifacts[id]?.displayName ?? id;
  const stacks = await Promise.all(
    ids.map(async (id): Promise<AssemblyStack> => {
      const { environment = '', dependencies = [], properties, additionalMetadataFile, metadata } = artifacts[id]!;
      const [account = '', region = ''] = environment.replace(/^aws:\/\//, '').split('/');
      const template = JSON.parse(await read(properties?.templateFile ?? '')) as Template;
      const paths = pathsIn(additionalMetadataFile ? (JSON.parse(await read(additionalMetadataFile)) as Metadata) : (metadata ?? {}));
      return {
        path: pathOf(id),
        name: properties?.stackName ?? id,
        ...{ account, region, tags: properties?.tags ?? {}, terminationProtection: properties?.terminationProtection ?? false },
        needs: dependencies.filter((needed) => ids.includes(needed)).map(pathOf),
        digest: hashOf(template),
        template,
        pathOf: (logicalId) => paths.get(logicalId) ?? `${pathOf(id)}/${logicalId}`,
      };
    }),
  );
  return { stacks: inOrder(stacks), missing: missing.map(({ provider, key }) => `${provider}: ${key}`) };
};

const pathsIn = (metadata: Metadata): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(metadata).flatMap(([path, entries]) =>
      entries.flatMap(({ type, data }) => (type === 'aws:cdk:logicalId' ? [[String(data), path.replace(/^\//, '')] as const] : [])),
    ),
  );

/** The stacks named by patterns (`Primary/*`; none: all of them) and whatever they need. @throws RecoveryError `invalid` for a pattern that names none. */
export const stacksNamed = (stacks: readonly AssemblyStack[], patterns: readonly string[]): readonly AssemblyStack[] => {
  if (patterns.length === 0) return stacks;
  const named = patterns.flatMap((pattern) => {
    const found = stacks.filter(({ path, name }) => [path, name].some((one) => matches(pattern, one)));
    if (found.length > 0) return found.map(({ path }) => path);
    const all = stacks.map(({ path }) => path).join(', ');
    throw new RecoveryError('invalid', 'unknown-stack', `no stack is named ${pattern}; there are ${all}`);
  });
  return withNeeds(stacks, named);
};

/** All stacks of one site and whatever they need. @throws RecoveryError `rejected` where it has none: no name at all would choose every stack there is, the lost site's among them. */
export const stacksOfSite = (stacks: readonly AssemblyStack[], site: string): readonly AssemblyStack[] => {
  const paths = stacks.filter(({ tags }) => tags[siteTag] === site).map(({ path }) => path);
  if (paths.length === 0)
    throw new RecoveryError('rejected', 'no-stack-of-site', `the assembly has no stack of ${site}; publish one that has`);
  return withNeeds(stacks, paths);
};

const withNeeds = (stacks: readonly AssemblyStack[], named: readonly string[]): readonly AssemblyStack[] => {
  const wanted = new Set<string>();
  const want = (path: string): void => {
    if (wanted.has(path)) return;
    wanted.add(path);
    for (const needed of stacks.find((stack) => stack.path === path)?.needs ?? []) want(needed);
  };
  named.forEach(want);
  return stacks.filter(({ path }) => wanted.has(path));
};

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

const inOrder = (stacks: readonly AssemblyStack[]): readonly AssemblyStack[] => {
  const ordered: AssemblyStack[] = [];
  const visit = (stack: AssemblyStack): void => {
    if (ordered.includes(stack)) return;
    for (const needed of stack.needs) visit(stacks.find(({ path }) => path === needed)!);
    ordered.push(stack);
  };
  stacks.forEach(visit);
  return ordered;
};
