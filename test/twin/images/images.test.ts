import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { findImage, images } from '../../../twin/images/index.js';

const sha256 = (path: string): string => `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
const remedy = 'run `node twin/images/seal.mjs` and put what it prints into plans/ambassify/settings.yaml';

describe('images', () => {
  test.each(images.map((image) => [image.repository, image] as const))(
    'the manifest of %s names every file of the program with its digest',
    (_, image) => {
      const folder = dirname(image.program);
      const { layers } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { layers: { file: string; digest: string }[] };
      const programs = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
      expect({ remedy, layers: Object.fromEntries(layers.map(({ file, digest }) => [file, digest])) }).toEqual({
        remedy,
        layers: Object.fromEntries(programs.map((file) => [file, sha256(join(folder, file))])),
      });
    },
  );

  test("the plan's settings name an image that this machine has", () => {
    const { web } = parse(readFileSync('plans/ambassify/settings.yaml', 'utf8')) as { web: { image: string } };
    expect({ remedy, image: findImage(web.image) }).toEqual({ remedy, image: images[0] });
  });

  test('only a digest names an image, in whichever registry', () => {
    const { digest } = images[0]!;
    expect(findImage(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/any@${digest}`)).toBe(images[0]);
    expect(findImage('sample-web-application:latest')).toBeUndefined();
    expect(findImage(`sample-web-application@sha256:${'0'.repeat(64)}`)).toBeUndefined();
  });
});
