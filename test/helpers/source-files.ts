import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** TypeScript files below the given folders, with their text; paths relative to the repository. */
export const sourceFiles = (folders: readonly string[]): readonly { file: string; text: string }[] =>
  folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => {
      const file = join(folder, name);
      if (statSync(file).isDirectory()) return sourceFiles([file]);
      return file.endsWith('.ts') ? [{ file, text: readFileSync(file, 'utf8') }] : [];
    }),
  );
