// Compiles bin/, lib/, recovery/ and twin/ into dist/, with what runs uncompiled in the twin's containers;
// from nothing each time so that no deleted module lingers.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, statSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
const runsAsItIs = (path) => statSync(path).isDirectory() || /\.(mjs|json)$/.test(path);
if (status === 0) {
  cpSync('twin', 'dist/twin', { recursive: true, filter: runsAsItIs });
  chmodSync('dist/bin/altsite.js', 0o755);
}
process.exit(status ?? 1);
