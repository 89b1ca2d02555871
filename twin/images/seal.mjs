// Writes every image's manifest.json from its files and prints its digest, for `web.image` in plans/*/settings.yaml.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

for (const entry of readdirSync(import.meta.dirname, { withFileTypes: true }).filter((each) => each.isDirectory())) {
  const folder = `${import.meta.dirname}/${entry.name}`;
  const layers = readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .sort()
    .map((name) => ({ file: name, size: readFileSync(`${folder}/${name}`).length, digest: sha256(readFileSync(`${folder}/${name}`)) }));
  const manifest = `${JSON.stringify({ schemaVersion: 2, layers }, null, 2)}\n`;
  writeFileSync(`${folder}/manifest.json`, manifest);
  console.log(`${entry.name}@${sha256(manifest)}`);
}
