import { z } from 'zod';
import { hashOf } from './canonical.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Below the assembly's own folder, and nowhere else: it is a path that will be written to. */
const fileName = z.string().refine((name) => !/^\/|\\|(^|\/)\.{1,2}(\/|$)|\/\//.test(name) && name !== '', 'a path below the assembly');

/** What a published assembly says of itself, kept beside its files. */
export const publishedAssemblySchema = z.strictObject({
  format: z.literal(1),
  digest: digest.meta({ description: 'SHA-256 over names and SHA-256s of all its files' }),
  publishedAt: z.iso.datetime(),
  tested: z.boolean().meta({ description: 'a rehearsal recovered with exactly these files' }),
  testedBy: z.string().nullable(),
  testedAt: z.iso.datetime().nullable(),
  lockfile: digest.meta({ description: 'SHA-256 of the package-lock.json it was synthesised with' }),
  cdk: z.string().meta({ description: 'version of the CLI that deploys it' }),
  files: z.array(z.strictObject({ name: fileName, sha256: digest })),
  stacks: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string(),
      site: z.string().nullable(),
      template: digest.meta({ description: 'SHA-256 of the canonical template' }),
    }),
  ),
});
export type PublishedAssembly = z.infer<typeof publishedAssemblySchema>;
export type AssemblyFile = PublishedAssembly['files'][number];

/** Equal files, equal digest, in whatever order they were found. */
export const assemblyDigest = (files: readonly AssemblyFile[]): string =>
  hashOf(Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])));

/** That an assembly has recovered a site: what `altsite publish --tested` asks for. */
export const testedAssemblySchema = z.strictObject({
  digest,
  testedBy: z.string(),
  testedAt: z.iso.datetime(),
  run: z.string(),
  outcome: z.literal('recovered'),
});
export type TestedAssembly = z.infer<typeof testedAssemblySchema>;

/**
 * The assembly that the site recovered to stands by, if any is published for it: by the templates of that site's stacks.
 * `digest` is null where none of those published and tested is what stands there.
 */
export interface StandingAssembly {
  readonly digest: string | null;
  readonly because: string;
}
