// Compiles bin/, lib/, recovery/ and twin/ into dist/, from nothing each time so that no deleted module lingers.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status === 0) chmodSync('dist/bin/altsite.js', 0o755);
process.exit(status ?? 1);
