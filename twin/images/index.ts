import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A container image this machine has: a program of ours that stands for it. */
export interface Image {
  readonly repository: string;
  /** SHA-256 of the image's manifest, as a registry computes it; the manifest names the digests of all the program's files. */
  readonly digest: string;
  /** File to run with Node. */
  readonly program: string;
}

const image = (repository: string): Image => {
  const folder = new URL(`./${repository}/`, import.meta.url);
  const digest = createHash('sha256')
    .update(readFileSync(new URL('manifest.json', folder)))
    .digest('hex');
  return { repository, digest: `sha256:${digest}`, program: fileURLToPath(new URL('main.mjs', folder)) };
};

export const images: readonly Image[] = [image('sample-web-application')];

/** The image that a URI with a digest names, from whichever registry; tags name nothing here. */
export const findImage = (uri: string): Image | undefined => images.find(({ digest }) => uri.endsWith(`@${digest}`));
