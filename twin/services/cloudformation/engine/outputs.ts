import type { Output } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../../world/context.js';
import { validationError } from '../errors.js';
import { allExports, importersOf, type StackRecord } from '../records.js';
import { evaluate } from '../template/evaluate.js';
import type { Scope } from '../template/scope.js';
import type { Deployment } from '../deployment.js';

const asText = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError('Template format error: The Value field of every Outputs member must evaluate to a String.');
};

/** The outputs whose condition holds, with values and export names. */
export const evaluateOutputs = async (deployment: Deployment, scope: Scope): Promise<readonly Output[]> => {
  const declared = Object.entries(deployment.template.Outputs).filter(
    ([, output]) => output.Condition === undefined || deployment.conditions.get(output.Condition) === true,
  );
  return Promise.all(
    declared.map(async ([name, output]) => ({
      OutputKey: name,
      OutputValue: asText(await evaluate(output.Value, scope)),
      ...(output.Description === undefined ? {} : { Description: output.Description }),
      ...(output.Export === undefined ? {} : { ExportName: asText(await evaluate(output.Export.Name, scope)) }),
    })),
  );
};

/** @throws AwsError ValidationError when another stack has the name, or uses a value that would change. */
export const checkExports = (stack: StackRecord, outputs: readonly Output[], ctx: Context): void => {
  const elsewhere = allExports(ctx).filter((one) => one.stack !== stack);
  for (const { ExportName } of outputs) {
    const taken = ExportName !== undefined && elsewhere.find((one) => one.name === ExportName);
    if (taken) throw validationError(`Export with name ${ExportName} is already exported by stack ${taken.stack.name}`);
  }
  for (const { ExportName, OutputValue } of stack.outputs) {
    if (ExportName === undefined) continue;
    const next = outputs.find((output) => output.ExportName === ExportName);
    const users = importersOf(ExportName, ctx).filter((user) => user !== stack);
    if (users.length === 0 || next?.OutputValue === OutputValue) continue;
    throw validationError(
      `Export ${ExportName} cannot be ${next ? 'updated' : 'deleted'} as it is in use by ${users.map(({ name }) => name).join(' and ')}`,
    );
  }
};
