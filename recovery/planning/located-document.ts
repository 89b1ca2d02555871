import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../model/recovery-error.js';
import { lines } from './lines.js';
import { nodeFaults } from './node-faults.js';
import { offsetOf, writtenAt } from './place.js';
import { schemaFaults } from './schema-faults.js';
import { unreadable } from './unreadable.js';
import { readableDespite, yamlFault } from './yaml-fault.js';

type Path = readonly PropertyKey[];

/** A YAML document checked against its schema; every problem has a line and a column, starting at 1. */
export interface LocatedDocument<T> {
  readonly file: string;
  /** Undefined while there are problems. */
  readonly value: T | undefined;
  /** What the text says, right or wrong; undefined where it cannot be read as YAML. */
  readonly raw: unknown;
  readonly problems: readonly Problem[];
  /** A problem of the value (or key) at `path`, or of the nearest that exists. */
  problemAt(path: Path, value: unknown, fix: string, of?: 'key' | 'value'): Problem;
}

export const locatedDocument = <T>(file: string, given: string, schema: z.ZodType<T>): LocatedDocument<T> => {
  const text = given.replace(/^\ufeff/, '');
  const placeOf = lines(text);
  const problem = (offset: number, value: unknown, fix: string): Problem => ({ file, ...placeOf(offset), value, fix });
  const nothing = (problems: readonly Problem[]): LocatedDocument<T> => ({
    file,
    value: undefined,
    raw: undefined,
    problems,
    problemAt: (_path, value, fix) => problem(0, value, fix),
  });

  const notText = unreadable(text);
  if (notText) return nothing([problem(notText.offset, notText.value, notText.fix)]);
  // A schema of one's own choice: no %YAML directive brings back dates, sets or merge keys.
  const document = parseDocument(text, { prettyErrors: false, schema: 'core' });
  const syntax = perLine(document.errors.map((error) => problem(error.pos[0], excerpt(text, error.pos[0]), yamlFault(error))));
  if (!document.errors.every(readableDespite)) return nothing(syntax);
  if (document.contents === null) return nothing([...syntax, problem(0, '', 'nothing is written here; write the document')]);
  const nodes = nodeFaults(document, text).map(({ offset, value, fix }) => problem(offset, value, fix));
  // An alias can make a small text large beyond measure: nothing behind one is looked at.
  if (nodes.length) return nothing([...syntax, ...nodes]);

  const raw: unknown = document.toJS();
  const problemAt: LocatedDocument<T>['problemAt'] = (path, value, fix, of) =>
    problem(offsetOf(document, path, of), value, `${path.map(String).join('.') || 'the document'}: ${fix}`);
  const result = schema.safeParse(raw);
  const faults = result.success ? [] : schemaFaults(schema, raw, result.error.issues, (path) => writtenAt(document, path));
  const problems = [...syntax, ...faults.map(({ path, of, value, fix }) => problemAt(path, value, fix, of))];
  return { file, value: problems.length ? undefined : result.data, raw, problems, problemAt };
};

const excerpt = (text: string, offset: number): string => text.slice(offset, offset + 20).split('\n', 1)[0] ?? '';

/** The parser finds the consequences of a fault as well; the first of a line is the one to mend. */
const perLine = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.toReversed().map((one) => [one.line, one])).values()].toReversed();
