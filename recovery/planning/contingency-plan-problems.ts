import type { Problem } from '../model/recovery-error.js';
import type { LocatedDocument } from './located-document.js';
import { oneOf } from './nearest.js';
import { again } from './runbook-problems.js';
import { listAt, nameAt, namesAt, type Named } from './runbook-outline.js';
import { isRecord, valueAt } from './schema-at.js';
import { durationPattern, durationSeconds } from './duration.js';

/** The roles a contingency plan defines; undefined where they cannot be told. */
export const rolesIn = (raw: unknown): readonly string[] | undefined => {
  const roles = valueAt(raw, ['roles']);
  return isRecord(roles) && !Array.isArray(roles) ? Object.keys(roles) : undefined;
};

/** The teams a contingency plan defines; undefined where they cannot be told. */
export const teamsIn = (raw: unknown): readonly string[] | undefined => {
  const paths = listAt(raw, ['teams']);
  return paths.length ? paths.flatMap((path) => nameAt(raw, [...path, 'id'])?.name ?? []) : undefined;
};

/** What a schema cannot see: roles nobody has, things named twice, objectives that contradict each other. */
export const contingencyPlanProblems = (document: LocatedDocument<unknown>): Problem[] => {
  const { raw } = document;
  const roles = rolesIn(raw);
  const at = (list: string, key: string): (Named | undefined)[] => listAt(raw, [list]).map((path) => nameAt(raw, [...path, key]));
  const report = ({ path, name }: Named, fix: string): Problem => document.problemAt(path, name, fix);
  const named = [...namesAt(raw, ['owners']), ...namesAt(raw, ['succession']), ...at('teams', 'leader')];
  return [
    ...named.flatMap((one) => (one && roles && !roles.includes(one.name) ? [report(one, oneOf(one.name, roles, 'role'))] : [])),
    ...again(namesAt(raw, ['owners'])).map((one) => report(one, 'this role is named above already; keep one')),
    ...again(namesAt(raw, ['succession'])).map((one) =>
      report(one, 'this role stands above already, and can succeed nobody twice; keep one'),
    ),
    ...again(at('teams', 'id')).map((one) => report(one, 'another team has this id; choose another')),
    ...again(at('systems', 'id')).map((one) => report(one, 'another system has this id; choose another')),
    ...factProblems(document),
    ...again(at('phases', 'id')).map((one) => report(one, 'this phase is there already; keep one')),
    ...objectiveProblems(document),
  ];
};

/** Two facts every system has by itself. */
const factProblems = (document: LocatedDocument<unknown>): Problem[] =>
  listAt(document.raw, ['systems']).flatMap((path) =>
    ['id', 'title'].flatMap((name) => {
      const fact = [...path, 'facts', name];
      const value = valueAt(document.raw, fact);
      return value === undefined
        ? []
        : [document.problemAt(fact, name, `every system has its ${name} as a fact already; choose another name`, 'key')];
    }),
  );

/** What is promised must be within what can be endured. */
const objectiveProblems = (document: LocatedDocument<unknown>): Problem[] => {
  const [rto, mtd] = ['rto', 'mtd'].map((name) => nameAt(document.raw, ['objectives', name]));
  if (!rto || !mtd || !durationPattern.test(rto.name) || !durationPattern.test(mtd.name)) return [];
  if (durationSeconds(rto.name) <= durationSeconds(mtd.name)) return [];
  return [document.problemAt(rto.path, rto.name, `longer than the maximum tolerable downtime, ${mtd.name}; lower one or raise the other`)];
};
