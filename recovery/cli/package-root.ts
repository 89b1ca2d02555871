import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const above = (directory: string): string => (existsSync(join(directory, 'cdk.json')) ? directory : above(dirname(directory)));

/** Where cdk.json, plans/ and bin/ are: this package's own folder, whether run from source or from dist/. */
export const packageRoot = above(dirname(fileURLToPath(import.meta.url)));
