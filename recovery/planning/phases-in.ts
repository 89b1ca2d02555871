import { modes } from '../model/plan.js';
import { listAt, nameAt, namesAt } from './runbook-outline.js';
import { valueAt } from './schema-at.js';

/** A phase as far as it can be told. */
export interface PhaseIn {
  readonly name: string | undefined;
  readonly runbook: string | undefined;
  readonly barrier: boolean;
  readonly modes: readonly string[];
}

/** The phases a contingency plan names, first to last. */
export const phasesIn = (raw: unknown): readonly PhaseIn[] =>
  listAt(raw, ['phases']).map((path) => ({
    name: nameAt(raw, [...path, 'id'])?.name,
    runbook: nameAt(raw, [...path, 'runbook'])?.name,
    barrier: valueAt(raw, [...path, 'barrier']) === true,
    modes: modesAt(raw, [...path, 'modes']),
  }));

/** What is misspelt is the schema's to report; as long as it is, the phase counts for every mode, so that nothing in it stays unseen. */
const modesAt = (raw: unknown, path: readonly PropertyKey[]): readonly string[] => {
  if (valueAt(raw, path) === undefined) return ['failover'];
  const named = namesAt(raw, path).map(({ name }) => name);
  return named.length && named.every((name) => modes.some((mode) => mode === name)) ? named : modes;
};
