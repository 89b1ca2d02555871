import { isRecord, valueAt } from './schema-at.js';

type Path = readonly PropertyKey[];

/** A name and where it was written. */
export interface Named {
  readonly path: Path;
  readonly name: string;
}

/** One use of a step or a check. */
export interface Use extends Named {
  readonly with: { readonly path: Path; readonly value: unknown };
}

export interface TaskOutline {
  readonly path: Path;
  readonly id: Named | undefined;
  readonly procedure: ProcedureOutline;
  readonly needs: readonly Named[];
  readonly step: Use | undefined;
  readonly checks: readonly Use[];
  readonly owner: Named | undefined;
  readonly request: Named | undefined;
  /** Undefined where there is none, or none that can be read. */
  readonly when: ConditionOutline | undefined;
}

export interface ConditionOutline {
  readonly path: Path;
  readonly fact: Named | undefined;
  readonly is: unknown;
  readonly isNot: unknown;
}

export interface ProcedureOutline {
  readonly path: Path;
  readonly phase: PhaseOutline;
  /** Where it says so: carried out for each system. */
  readonly fannedOut: Named | undefined;
  readonly id: Named | undefined;
  readonly team: Named | undefined;
  readonly needs: readonly Named[];
  readonly tasks: readonly TaskOutline[];
}

/** Where among the phases of a plan a runbook stands. */
export interface PhaseOutline {
  readonly order: number;
  readonly barrier: boolean;
}

/** The names in a runbook, as far as they can be told: a fault in one place must not hide those in others. */
export const runbookOutline = (raw: unknown, phase: PhaseOutline): readonly ProcedureOutline[] =>
  listAt(raw, ['procedures']).map((path) => {
    const tasks: TaskOutline[] = [];
    const procedure = {
      path,
      phase,
      id: nameAt(raw, [...path, 'id']),
      fannedOut: nameAt(raw, [...path, 'for']),
      team: nameAt(raw, [...path, 'team']),
      needs: needsAt(raw, path, 'procedure'),
      tasks,
    };
    for (const at of listAt(raw, [...path, 'tasks']))
      tasks.push({
        path: at,
        id: nameAt(raw, [...at, 'id']),
        procedure,
        needs: needsAt(raw, at, 'task'),
        step: useAt(raw, at),
        checks: listAt(raw, [...at, 'checks']).flatMap((check) => useAt(raw, check) ?? []),
        owner: nameAt(raw, [...at, 'ask', 'owner']),
        request: nameAt(raw, [...at, 'ask', 'request']),
        when: conditionAt(raw, [...at, 'when']),
      });
    return procedure;
  });

export const nameAt = (raw: unknown, path: Path): Named | undefined => {
  const name = valueAt(raw, path);
  return typeof name === 'string' ? { path, name } : undefined;
};

/** Paths of the items of the list at `path`. */
export const listAt = (raw: unknown, path: Path): readonly Path[] => {
  const value = valueAt(raw, path);
  return Array.isArray(value) ? value.map((_, index) => [...path, index]) : [];
};

export const namesAt = (raw: unknown, path: Path): readonly Named[] => listAt(raw, path).flatMap((at) => nameAt(raw, at) ?? []);

const conditionAt = (raw: unknown, path: Path): ConditionOutline | undefined => {
  const when = valueAt(raw, path);
  if (!isRecord(when) || Array.isArray(when)) return undefined;
  return { path, fact: nameAt(raw, [...path, 'fact']), is: valueAt(when, ['is']), isNot: valueAt(when, ['isNot']) };
};
/** A need is a name, or the name with the reason beside it. */
const needsAt = (raw: unknown, path: Path, kind: 'task' | 'procedure'): readonly Named[] =>
  listAt(raw, [...path, 'needs']).flatMap((at) => nameAt(raw, at) ?? nameAt(raw, [...at, kind]) ?? []);

const useAt = (raw: unknown, path: Path): Use | undefined => {
  const uses = nameAt(raw, [...path, 'uses']);
  const given = valueAt(raw, [...path, 'with']);
  // What is not keys with values is the schema's to report.
  const value = given === undefined ? {} : isRecord(given) && !Array.isArray(given) ? given : undefined;
  return uses && { ...uses, with: { path: given === undefined ? uses.path : [...path, 'with'], value } };
};
