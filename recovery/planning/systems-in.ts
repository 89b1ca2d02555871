import { systemFacts } from './references.js';
import { listAt, nameAt, type Named } from './runbook-outline.js';
import { isRecord, valueAt } from './schema-at.js';

/** A system as far as it can be told. */
export interface SystemOutline {
  readonly id: Named | undefined;
  /** What `${system.…}` may take of it, by name. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The systems a contingency plan names; undefined where they cannot be told. */
export const systemsIn = (raw: unknown): readonly SystemOutline[] | undefined => {
  const systems = valueAt(raw, ['systems']);
  if (systems === undefined) return isRecord(raw) ? [] : undefined;
  if (!Array.isArray(systems)) return undefined;
  return listAt(raw, ['systems']).map((path) => {
    const facts = valueAt(raw, [...path, 'facts']);
    const id = nameAt(raw, [...path, 'id']);
    const title = nameAt(raw, [...path, 'title'])?.name ?? '';
    const texts = isRecord(facts) && !Array.isArray(facts) ? Object.entries(facts).filter(([, value]) => typeof value === 'string') : [];
    return { id, facts: systemFacts({ id: id?.name ?? '', title, facts: Object.fromEntries(texts) as Record<string, string> }) };
  });
};
