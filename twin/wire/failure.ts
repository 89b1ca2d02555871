import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from './aws-error.js';
import type { ServiceModel } from './service-model.js';

/** An error with everything that any protocol has to say about it. */
export interface Failure {
  readonly shape: string;
  /** What the Query protocol calls it, where that differs from the shape. */
  readonly queryCode: string;
  readonly fault: 'client' | 'server';
  /** As the operation asked; otherwise each protocol has its own rule. */
  readonly askedStatus: number | undefined;
  readonly queryStatus: number;
  readonly httpStatus: number;
  readonly message: string;
  /** The error's members, its message among them. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Absent: the service's model has no such error. */
  readonly schema: NormalizedSchema | undefined;
}

interface ErrorTraits {
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}

/** Looks an error up in the service's model, by shape name or by its Query code. */
export const describeFailure = (model: ServiceModel | undefined, error: AwsError): Failure => {
  const schema = model?.errors.get(error.code);
  const traits: ErrorTraits = schema?.getMergedTraits() ?? {};
  const [queryCode = error.code, queryStatus] = traits.awsQueryError ?? [];
  const fault = error.options.fault ?? traits.error ?? 'client';
  const usual = fault === 'client' ? 400 : 500;
  return {
    shape: schema?.getName() ?? error.code,
    queryCode,
    fault,
    askedStatus: error.options.status,
    queryStatus: queryStatus ?? traits.httpError ?? usual,
    httpStatus: traits.httpError ?? usual,
    message: error.message,
    members: { ...error.options.fields, [messageMember(schema)]: error.message },
    schema,
  };
};

const messageMember = (schema: NormalizedSchema | undefined): string => {
  for (const [name] of schema?.structIterator() ?? []) if (name.toLowerCase() === 'message') return name;
  return 'message';
};
