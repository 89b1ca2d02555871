import type { Problem } from '../model/recovery-error.js';
import type { LocatedDocument } from './located-document.js';
import { oneOf } from './nearest.js';
import type { ConditionOutline, TaskOutline } from './runbook-outline.js';
import { factType, surveyPaths } from './survey-paths.js';

/** Conditions that could never be decided: on a fact that no survey has, or comparing with what that fact cannot be. */
export const conditionProblems = (document: LocatedDocument<unknown>, tasks: readonly TaskOutline[]): Problem[] =>
  tasks.flatMap(({ when }) => (when ? problemsOf(document, when) : []));

const problemsOf = (document: LocatedDocument<unknown>, { path, fact, is, isNot }: ConditionOutline): Problem[] => {
  const problems: Problem[] = [];
  if ((is === undefined) === (isNot === undefined))
    problems.push(document.problemAt(path, fact?.name ?? null, 'say what the fact is compared with: write one of is and isNot'));
  const type = fact && factType(fact.name);
  if (fact && type === undefined) problems.push(document.problemAt(fact.path, fact.name, pathFix(fact.name)));
  for (const [key, value] of Object.entries({ is, isNot }))
    if (type && ['string', 'number', 'boolean'].includes(typeof value) && typeof value !== type)
      problems.push(document.problemAt([...path, key], value, `${fact.name} is ${written[type]}, and never this; write one`));
  return problems;
};

const written = { string: 'a text in quotes', number: 'a number', boolean: 'true or false' } as const;

const pathFix = (path: string): string => {
  const within = [...surveyPaths.keys()].filter((known) => known.startsWith(`${path}.`));
  if (within.length) return `this holds several facts; name one of: ${within.join(', ').replaceAll('*', 'NAME')}`;
  const fix = oneOf(path, [...surveyPaths.keys()], 'fact of the survey');
  return fix.includes('name one of') ? 'there is no such fact of the survey; it begins with facts., site. or global.' : fix;
};
