import { LineCounter, parseDocument, isNode, type Document } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../model/recovery-error.js';

/** A YAML document checked against its schema; every problem has a line and a column, starting at 1. */
export interface LocatedDocument<T> {
  readonly file: string;
  /** Undefined while there are problems. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** Where the thing at `path` stands; the nearest that exists. */
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

export const locatedDocument = <T>(file: string, text: string, schema: z.ZodType<T>): LocatedDocument<T> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (path: readonly PropertyKey[]): { line: number; column: number } => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length)
    return {
      file,
      value: undefined,
      locate,
      problems: document.errors.map(({ pos, message }) => {
        const { line, col } = lines.linePos(pos[0]);
        return { file, line, column: col, value: text.slice(pos[0], pos[0] + 20), fix: message };
      }),
    };
  const raw: unknown = document.toJS();
  const result = schema.safeParse(raw);
  return {
    file,
    value: result.success ? result.data : undefined,
    locate,
    problems: result.success ? [] : flatten(result.error.issues).map((issue) => problemOf(file, raw, issue, locate)),
  };
};

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** A union's issue becomes those of the alternative that fits best, and unknown keys one issue each. */
const flatten = (issues: readonly Issue[]): Issue[] =>
  issues.flatMap((issue) => {
    if (issue.code === 'invalid_union' && issue.errors?.length) {
      const best = [...issue.errors].sort((a, b) => weight(a) - weight(b))[0] ?? [];
      return flatten(best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
    }
    if (issue.code === 'unrecognized_keys' && issue.keys)
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        path: [...issue.path, key],
        message: `"${key}" is not a key here; remove it or correct its spelling`,
      }));
    return [issue];
  });
const weight = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code, keys }) => sum + (code === 'unrecognized_keys' ? (keys?.length ?? 1) : 1), 0);

const problemOf = (
  file: string,
  raw: unknown,
  issue: Issue,
  locate: (path: readonly PropertyKey[]) => { line: number; column: number },
): Problem => {
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
  return {
    file,
    ...locate(issue.path),
    value: value ?? null,
    fix: `${issue.path.map(String).join('.') || 'the document'}: ${issue.message}`,
  };
};

/** Start of the key or value at `path`, or of the nearest parent that exists. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number => {
  for (let depth = path.length; depth > 0; depth--) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const items = (parent as { items?: readonly { key?: { value?: unknown; range?: readonly number[] | null } }[] } | null)?.items;
    const pair = items?.find(({ key }) => key?.value === path[depth - 1]);
    if (pair?.key?.range) return pair.key.range[0] ?? 0;
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
};
