import { validationError } from '../errors.js';
import { evaluate } from './evaluate.js';
import type { Scope } from './scope.js';
import { isObject, type Template } from './template.js';

/** Scalars are compared as text: `true` equals `"true"`. */
const comparable = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const same = (one: unknown, other: unknown): boolean => comparable(one) === comparable(other);

const members = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Functions that give true or false, in Conditions and Rules only. */
const decide = async (value: unknown, scope: Scope, named: (name: string) => Promise<boolean>): Promise<boolean> => {
  const [name, argument] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const list = Array.isArray(argument) ? (argument as unknown[]) : [];
  const all = (): Promise<boolean[]> => Promise.all(list.map((operand) => decide(operand, scope, named)));
  const pair = async (): Promise<readonly [unknown, unknown]> => [await evaluate(list[0], scope), await evaluate(list[1], scope)];
  switch (name) {
    case 'Condition':
      return named(String(argument));
    case 'Fn::And':
      return (await all()).every(Boolean);
    case 'Fn::Or':
      return (await all()).some(Boolean);
    case 'Fn::Not':
      return !(await all())[0];
    case 'Fn::Equals': {
      const [one, other] = await pair();
      return same(one, other);
    }
    case 'Fn::Contains': {
      const [texts, sought] = await pair();
      return members(texts).some((member) => same(member, sought));
    }
    case 'Fn::EachMemberEquals': {
      const [texts, wanted] = await pair();
      return members(texts).every((member) => same(member, wanted));
    }
    case 'Fn::EachMemberIn': {
      const [texts, allowed] = await pair();
      return members(texts).every((member) => members(allowed).some((one) => same(one, member)));
    }
    default:
      throw validationError(`Template format error: unsupported condition function ${String(name ?? JSON.stringify(value))}`);
  }
};

/** Truth of every condition of the template. `scope` knows parameters, pseudo parameters and mappings only. */
export const evaluateConditions = async (template: Template, scope: Scope): Promise<ReadonlyMap<string, boolean>> => {
  const known = new Map<string, boolean>();
  const under = new Set<string>();
  const named = async (name: string): Promise<boolean> => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (!(name in template.Conditions)) throw validationError(`Template format error: Unresolved condition dependency ${name}`);
    if (under.has(name)) throw validationError(`Template format error: Circular dependency between conditions: [${[...under].join(', ')}]`);
    under.add(name);
    const truth = await decide(template.Conditions[name], scope, named);
    under.delete(name);
    known.set(name, truth);
    return truth;
  };
  for (const name of Object.keys(template.Conditions)) await named(name);
  return known;
};

/** @throws AwsError ValidationError with the first assertion that does not hold. */
export const checkRules = async (template: Template, scope: Scope): Promise<void> => {
  const named = async (name: string): Promise<boolean> => scope.condition(name);
  for (const [name, rule] of Object.entries(template.Rules)) {
    if (rule.RuleCondition !== undefined && !(await decide(rule.RuleCondition, scope, named))) continue;
    for (const assertion of rule.Assertions ?? []) {
      if (await decide(assertion.Assert, scope, named)) continue;
      throw validationError(`Template error: Rule ${name} failed: ${assertion.AssertDescription ?? JSON.stringify(assertion.Assert)}`);
    }
  }
};
