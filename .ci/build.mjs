// Compiles bin/, lib/, recovery/ and twin/ into dist/, with what runs uncompiled in the twin's containers;
// from nothing each time so that no deleted module lingers. File by file, as the tests do; `npm test` checks the types.
import { transformFileSync } from '@swc/core';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiled } from './swc.mjs';

rmSync('dist', { recursive: true, force: true });
const rooms = ['bin', 'lib', 'recovery', 'twin', 'dashboard'].filter((room) => existsSync(room));
const files = rooms.flatMap((room) => readdirSync(room, { recursive: true }).map((name) => join(room, name)));
for (const file of files.filter((name) => name.endsWith('.ts'))) {
  const { code } = transformFileSync(file, compiled);
  const written = join('dist', file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(written), { recursive: true });
  writeFileSync(written, code);
}
const runsAsItIs = (path) => statSync(path).isDirectory() || /\.(mjs|json)$/.test(path);
cpSync('twin', 'dist/twin', { recursive: true, filter: runsAsItIs });
cpSync('lib', 'dist/lib', { recursive: true, filter: runsAsItIs });
chmodSync('dist/bin/altsite.js', 0o755);
