import { AwsError } from '../wire/aws-error.js';

const asksForNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);

/**
 * Refuses every given member of `input` that is not `known`, so that nothing a client asks for is silently ignored.
 * @throws AwsError `NotModelled` (501) naming the members.
 */
export const accept = <Input extends object>(what: string, input: Input, known: readonly (keyof Input & string)[]): void => {
  const others = Object.entries(input).filter(([name, value]) => !known.includes(name as never) && !asksForNothing(value));
  if (others.length === 0) return;
  const names = others.map(([name]) => name).join(', ');
  throw new AwsError('NotModelled', `NotModelled: ${what} with ${names}: the twin does not have this`, { status: 501 });
};

/** The same for the properties of a CloudFormation resource. */
export const acceptProperties = (type: string, properties: Record<string, unknown>, known: readonly string[]): void =>
  accept<Record<string, unknown>>(type, properties, known);

/** A member that must be there; `code` is what the service answers when it is not. */
export const need = <T>(value: T | null | undefined, name: string, code = 'ValidationException'): T => {
  if (value === undefined || value === null || value === '')
    throw new AwsError(code, `Missing required parameter: ${name}`, { status: 400 });
  return value;
};
