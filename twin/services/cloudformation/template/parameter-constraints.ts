import { validationError } from '../errors.js';
import type { ParameterDeclaration } from './template.js';

/** @throws AwsError ValidationError for the first of `values` that the parameter's declaration does not allow. */
export const checkConstraints = (name: string, declaration: ParameterDeclaration, values: readonly string[]): void => {
  for (const value of values) {
    const problem = problemWith(declaration, value);
    if (problem === undefined) continue;
    const { ConstraintDescription: described } = declaration;
    throw validationError(
      described === undefined ? `Parameter '${name}' ${problem}` : `Parameter '${name}' failed to satisfy constraint: ${described}`,
    );
  }
};

const problemWith = (declaration: ParameterDeclaration, value: string): string | undefined => {
  const { AllowedValues: allowed, AllowedPattern: pattern, MinLength, MaxLength, MinValue, MaxValue, Type } = declaration;
  if (allowed && !allowed.some((one) => String(one) === value)) return `must be one of AllowedValues`;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) return `must match pattern ${pattern}`;
  if (MinLength !== undefined && value.length < Number(MinLength)) return `must contain at least ${MinLength} characters`;
  if (MaxLength !== undefined && value.length > Number(MaxLength)) return `must contain at most ${MaxLength} characters`;
  if (!/^(Number|List<Number>)$/.test(Type)) return undefined;
  if (value.trim() === '' || Number.isNaN(Number(value))) return 'must be a number';
  if (MinValue !== undefined && Number(value) < Number(MinValue)) return `must be a number not less than ${MinValue}`;
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) return `must be a number not greater than ${MaxValue}`;
  return undefined;
};
