import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A container image this machine has: a program of ours that stands for it. */
export interface Image {
  readonly repository: string;
  /** Names the digests of all the program's files. */
  readonly manifest: string;
  /** SHA-256 of the manifest, as a registry computes it. */
  readonly digest: string;
  /** File to run with Node. */
  readonly program: string;
}

const image = (repository: string): Image => {
  const folder = new URL(`./${repository}/`, import.meta.url);
  const manifest = readFileSync(new URL('manifest.json', folder), 'utf8');
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  return { repository, manifest, digest, program: fileURLToPath(new URL('main.mjs', folder)) };
};

export const images: readonly Image[] = [image('sample-web-application')];

/** The image that a URI with a digest names, from whichever registry; tags name nothing here. */
export const findImage = (uri: string): Image | undefined => images.find(({ digest }) => uri.endsWith(`@${digest}`));
