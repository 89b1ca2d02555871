import { referenceIn, replaced, systemFacts, systemName } from './references.js';
import type { RunbookTask, System } from './schemas.js';

/** What a task is called where it is done for one system. */
export const idFor = (task: string, system: Pick<System, 'id'>): string => `${task}--${system.id}`;

/** A task made that of one system: its facts filled in, and of what else is done for each system (`fannedOut`) that of the same one taken. */
export const systemTask = (task: RunbookTask, system: System, fannedOut: ReadonlySet<string>): RunbookTask => {
  const facts = systemFacts(system);
  const filledIn = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    replaced(given, (text) => {
      const reference = referenceIn(text);
      if (!reference) return text;
      const { name, field } = reference;
      if (name === systemName) return facts[field];
      return fannedOut.has(name) ? `\${${idFor(name, system)}.${field}}` : text;
    }) as Record<string, unknown>;
  const title = `${system.title}: ${task.title}`;
  if ('ask' in task) return { ...task, title, ask: { ...task.ask, request: `${system.title}: ${task.ask.request}` } };
  if ('uses' in task) return { ...task, title, with: filledIn(task.with) };
  return { ...task, title, checks: task.checks.map((check) => ({ ...check, with: filledIn(check.with) })) };
};
