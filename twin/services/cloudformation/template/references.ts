import { validationError } from '../errors.js';
import { substitutionParts } from './substitution.js';
import { isObject, type Template } from './template.js';

/** Where a value points: a parameter, pseudo parameter or resource, or an attribute of a resource. */
export interface Reference {
  readonly name: string;
  readonly attribute?: string;
}

/** `Thing.Endpoint.Address` as `Fn::Sub` writes it; a pseudo parameter has no attribute. */
export const dotted = (name: string): Reference => {
  const dot = name.indexOf('.');
  return dot < 0 ? { name } : { name: name.slice(0, dot), attribute: name.slice(dot + 1) };
};

/** The two forms of `Fn::GetAtt`: a dotted string, or resource and attribute (which may hold a Ref). */
export const getAttArguments = (argument: unknown): { name: string; attribute: unknown } => {
  const parts = typeof argument === 'string' ? Object.values(dotted(argument)) : argument;
  const [name, ...rest] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const attribute = rest.length > 1 ? rest.join('.') : rest[0];
  if (typeof name !== 'string' || name === '' || attribute === undefined || attribute === '') {
    throw validationError(
      'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    );
  }
  return { name, attribute };
};

/**
 * Every reference in a value. With `holds`, only the branches of `Fn::If` that are taken are followed.
 * @throws AwsError ValidationError for malformed intrinsics.
 */
export const referencesIn = (value: unknown, holds?: (condition: string) => boolean): readonly Reference[] => {
  if (Array.isArray(value)) return value.flatMap((member) => referencesIn(member, holds));
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  const argument = keys.length === 1 ? value[keys[0]!] : undefined;
  switch (keys.length === 1 ? keys[0] : undefined) {
    case 'Ref':
      if (typeof argument !== 'string') throw validationError('Template error: every Ref object must have a single String value.');
      return [{ name: argument }];
    case 'Fn::GetAtt': {
      const { name, attribute } = getAttArguments(argument);
      return [{ name, attribute: typeof attribute === 'string' ? attribute : '' }, ...referencesIn(attribute, holds)];
    }
    case 'Fn::Sub':
      return subReferences(argument, holds);
    case 'Fn::If': {
      if (!holds || !Array.isArray(argument)) return referencesIn(argument, holds);
      return referencesIn(argument[holds(String(argument[0])) ? 1 : 2], holds);
    }
    default:
      return Object.values(value).flatMap((member) => referencesIn(member, holds));
  }
};

const subReferences = (argument: unknown, holds?: (condition: string) => boolean): readonly Reference[] => {
  const [pattern, variables = {}] = (Array.isArray(argument) ? argument : [argument]) as [unknown, unknown?];
  if (typeof pattern !== 'string' || !isObject(variables)) {
    throw validationError(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  const named = substitutionParts(pattern).flatMap((part) => ('name' in part && !(part.name in variables) ? [dotted(part.name)] : []));
  return [...named, ...referencesIn(Object.values(variables), holds)];
};

/** @throws AwsError ValidationError naming every reference that is nowhere declared. */
export const checkReferences = (template: Template): void => {
  const declared = (name: string): boolean => name in template.Parameters || name in template.Resources || name.startsWith('AWS::');
  const unresolved = (value: unknown): string[] => [
    ...new Set(
      referencesIn(value)
        .filter(({ name }) => !declared(name))
        .map(({ name }) => name),
    ),
  ];
  const inResources = unresolved(Object.values(template.Resources).map((resource) => resource.Properties ?? {}));
  const missing = Object.values(template.Resources).flatMap((resource) => [resource.DependsOn ?? []].flat());
  inResources.push(...missing.filter((name) => !(name in template.Resources)));
  if (inResources.length > 0) {
    throw validationError(
      `Template format error: Unresolved resource dependencies [${inResources.join(', ')}] in the Resources block of the template`,
    );
  }
  const inOutputs = unresolved(Object.values(template.Outputs).map(({ Value, Export }) => [Value, Export?.Name ?? '']));
  if (inOutputs.length > 0) {
    throw validationError(
      `Template format error: Unresolved resource dependencies [${inOutputs.join(', ')}] in the Outputs block of the template`,
    );
  }
};
