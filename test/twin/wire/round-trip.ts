import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../twin/wire/aws-error.js';
import { readServiceModel, type OperationModel } from '../../../twin/wire/service-model.js';
import type { WireCall } from '../../../twin/wire/wire.js';
import { seededChance } from '../../../twin/world/chance.js';
import { memberExcluded, operationExcluded } from './exclusions.js';
import { comparable, randomValue } from './random-values.js';
import { wireClient } from './wire-client.js';

export interface Trip {
  readonly operations: number;
  readonly errors: number;
  /** One line for each value that did not arrive as it was sent. */
  readonly damages: readonly string[];
}

const inputBudget = 60;
const outputBudget = 120;

/** Sends every operation of a service through a real client to the wire and back, with random values both ways, and every error back. */
export const roundTrip = async (service: string, seed: number, extra: Record<string, unknown> = {}): Promise<Trip> => {
  let answer: (call: WireCall) => Record<string, unknown> = () => ({});
  const { client, module } = await wireClient(service, (call) => answer(call), extra);
  const model = await readServiceModel({ id: service, sdk: async () => module });
  const damages: string[] = [];
  const commandOf = (operation: OperationModel, input: object): object =>
    new (module[`${operation.name}Command`] as new (input: object) => object)(input);
  const random = (operation: OperationModel, part: 'input' | 'output'): Record<string, unknown> =>
    randomValue(operation[part], {
      chance: seededChance(`${seed}/${service}/${operation.name}/${part}`),
      skips: (member) => memberExcluded(service, operation.name, member),
      budget: { left: part === 'input' ? inputBudget : outputBudget },
    }) as Record<string, unknown>;
  const compare = async (what: string, sent: unknown, arrived: unknown, skips: (member: string) => boolean): Promise<void> => {
    const [before, after] = [withoutMembers(await comparable(sent), skips), withoutMembers(await comparable(arrived), skips)];
    if (!isDeepStrictEqual(before, after)) damages.push(`${service} ${what}: ${firstDifference(before, after)}`);
  };

  const operations = [...model.operations.values()].filter(({ name }) => !operationExcluded(service, name));
  for (const operation of operations) {
    const skips = (member: string): boolean => memberExcluded(service, operation.name, member);
    const input = operation.input.isUnitSchema() ? {} : random(operation, 'input');
    const output = operation.output.isUnitSchema() ? {} : random(operation, 'output');
    let arrived: WireCall | undefined;
    answer = (call) => {
      arrived = call;
      return output;
    };
    try {
      const { $metadata: _, ...result } = await client.send(commandOf(operation, input));
      if (arrived?.operation !== operation.name) damages.push(`${service} ${operation.name}: was taken for ${arrived?.operation}`);
      await compare(`${operation.name} input`, input, arrived?.input, skips);
      await compare(`${operation.name} output`, output, result, skips);
    } catch (error) {
      damages.push(`${service} ${operation.name}: ${(error as Error).message}`);
    }
  }

  const carrier = operations.find((operation) => operation.http.method !== 'HEAD')!;
  const shapes = [...new Set(model.errors.values())].filter((schema) => !operationExcluded(service, schema.getName()!));
  for (const schema of shapes) {
    const name = schema.getName()!;
    const skips = (member: string): boolean => /^message$/i.test(member) || memberExcluded(service, name, member);
    const fields = randomValue(schema, { chance: seededChance(`${seed}/${service}/${name}`), skips, budget: { left: 20 } }) as Record<
      string,
      unknown
    >;
    answer = () => {
      throw new AwsError(name, `why ${name} & <co>`, { fields });
    };
    const input = carrier.input.isUnitSchema() ? {} : random(carrier, 'input');
    const error = await client.send(commandOf(carrier, input)).catch((thrown: unknown) => thrown as Record<string, unknown>);
    if (error.name !== name) damages.push(`${service} error ${name}: arrived as ${String(error.name)} (${String(error.message)})`);
    if (error.message !== `why ${name} & <co>`) damages.push(`${service} error ${name}: says ${String(error.message)}`);
    const members = Object.fromEntries(Object.keys(fields).map((member) => [member, error[member]]));
    await compare(`error ${name}`, fields, members, skips);
  }
  return { operations: operations.length, errors: shapes.length, damages };
};

const withoutMembers = (value: unknown, skips: (member: string) => boolean): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !skips(name)))
    : value;

const firstDifference = (sent: unknown, arrived: unknown, path = ''): string => {
  if (typeof sent === 'object' && typeof arrived === 'object' && sent !== null && arrived !== null) {
    for (const key of new Set([...Object.keys(sent), ...Object.keys(arrived)])) {
      const [before, after] = [(sent as Record<string, unknown>)[key], (arrived as Record<string, unknown>)[key]];
      if (!isDeepStrictEqual(before, after)) return firstDifference(before, after, `${path}.${key}`);
    }
  }
  return `${path} was ${JSON.stringify(sent)} and arrived as ${JSON.stringify(arrived)}`;
};
