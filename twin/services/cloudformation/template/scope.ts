/** Stands for `AWS::NoValue`: the property or list member that it is the value of goes away. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

/** What a change set shows for a value that exists only after it ran (CloudFormation's own marker). */
export const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Whether a value, or anything in it, is known only after the change set ran. */
export const isUnknown = (value: unknown): boolean => JSON.stringify(value)?.includes(knownAfterApply) ?? false;

/** Everything an intrinsic function may ask about. */
export interface Scope {
  /** Value of a `Ref`: parameter, pseudo parameter or resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  mapping(map: string, first: string, second: string): unknown;
  condition(name: string): boolean;
  importValue(exportName: string): unknown;
  availabilityZones(region: string): Promise<readonly string[]>;
}
