import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { settingsSchema } from './contract/settings.js';
import type { Settings } from './contract/settings.js';

/** Settings that cannot be used; the message has one line per problem, each with its place in the file. */
export class SettingsError extends Error {}

/** Reads and checks a settings file; throws SettingsError naming every problem at once. */
export const readSettings = (file: string): Settings => {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    throw new SettingsError(document.errors.map((error) => `${at(error.pos[0])} ${error.message}`).join('\n'));

  const parsed = settingsSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues
      .map((issue) => `${at(offsetOf(document, issue.path))} ${['settings', ...issue.path].join('.')}: ${issue.message}`)
      .join('\n'),
  );
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`${file} cannot be read: ${(error as Error).message}; name another with -c settings=FILE`);
  }
};

/** Where the value at `path` starts, or its nearest parent when there is no such value. */
const offsetOf = (document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
};
