import type { Parameter } from '@aws-sdk/client-cloudformation';
import type { GetParametersCommandOutput } from '@aws-sdk/client-ssm';
import type { Context } from '../../../world/context.js';
import { validationError } from '../errors.js';
import { checkConstraints } from './parameter-constraints.js';
import type { ParameterDeclaration, Template } from './template.js';

/** A parameter of a deployment. */
export interface ParameterValue {
  /** As given or defaulted: for an SSM type the name in the parameter store. */
  readonly given: string;
  /** What `Ref` answers. */
  readonly value: string | readonly string[];
  /** What the parameter store answered, for SSM types. */
  readonly resolved?: string;
  readonly noEcho: boolean;
}

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;
const plainTypes = /^(String|Number|CommaDelimitedList|List<(String|Number|AWS::[A-Za-z0-9:]+)>|AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+)$/;
const isList = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');
const isTrue = (value: unknown): boolean => String(value) === 'true';

const givenValue = (
  name: string,
  declaration: ParameterDeclaration,
  given: Parameter | undefined,
  previous: ReadonlyMap<string, ParameterValue> | undefined,
): string | undefined => {
  if (given?.UsePreviousValue) {
    const before = previous?.get(name);
    if (before) return before.given;
    throw validationError(
      `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
    );
  }
  if (given?.ParameterValue !== undefined) return given.ParameterValue;
  return declaration.Default === undefined ? undefined : String(declaration.Default);
};

const fetchFromStore = async (names: readonly string[], ctx: Context): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  const secure: string[] = [];
  // GetParameters takes ten names at most.
  for (let from = 0; from < names.length; from += 10) {
    const answer = await ctx
      .onBehalf('cloudformation')
      .call<GetParametersCommandOutput>('ssm', 'GetParameters', { Names: names.slice(from, from + 10) });
    for (const { Name, Value, Type, Selector } of answer.Parameters ?? []) {
      if (Type === 'SecureString') secure.push(Name ?? '');
      found.set(`${Name}${Selector ?? ''}`, Value ?? '');
    }
  }
  if (secure.length > 0) {
    throw validationError(`Parameters [${secure.join(',')}] referenced by template have types not supported by CloudFormation.`);
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw validationError(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  }
  return found;
};

/**
 * The values of a template's parameters: given, kept from before, defaulted or looked up in the parameter store.
 * @throws AwsError ValidationError for missing, unknown or unacceptable values.
 */
export const resolveParameters = async (
  template: Template,
  given: readonly Parameter[],
  previous: ReadonlyMap<string, ParameterValue> | undefined,
  ctx: Context,
): Promise<ReadonlyMap<string, ParameterValue>> => {
  const declared = Object.entries(template.Parameters);
  const undeclared = given.map(({ ParameterKey }) => ParameterKey ?? '').filter((name) => !(name in template.Parameters));
  if (undeclared.length > 0) throw validationError(`Parameters: [${undeclared.join(', ')}] do not exist in the template`);
  const chosen = declared.map(([name, declaration]) => {
    if (!plainTypes.test(declaration.Type) && !ssmType.test(declaration.Type)) {
      throw validationError(`Template format error: Unrecognized parameter type: ${declaration.Type}`);
    }
    const request = given.find(({ ParameterKey }) => ParameterKey === name);
    return { name, declaration, value: givenValue(name, declaration, request, previous) };
  });
  const without = chosen.filter(({ value }) => value === undefined).map(({ name }) => name);
  if (without.length > 0) throw validationError(`Parameters: [${without.join(', ')}] must have values`);

  const stored = [...new Set(chosen.filter(({ declaration }) => ssmType.test(declaration.Type)).map(({ value }) => value ?? ''))];
  const store = stored.length > 0 ? await fetchFromStore(stored, ctx) : new Map<string, string>();
  return new Map(
    chosen.map(({ name, declaration, value: chosenValue }) => {
      const value = chosenValue ?? '';
      checkConstraints(name, declaration, isList(declaration.Type) ? listed(value) : [value]);
      const inner = ssmType.exec(declaration.Type)?.[1];
      const resolved = inner === undefined ? undefined : store.get(value);
      const effective = resolved ?? value;
      const parameter: ParameterValue = {
        given: value,
        value: isList(inner ?? declaration.Type) ? listed(effective) : effective,
        ...(resolved === undefined ? {} : { resolved }),
        noEcho: isTrue(declaration.NoEcho),
      };
      return [name, parameter];
    }),
  );
};

const listed = (value: string): readonly string[] => value.split(',').map((member) => member.trim());
