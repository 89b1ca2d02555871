import { createRequire } from 'node:module';
import { NormalizedSchema } from '@smithy/core/schema';

export type ProtocolName = 'awsQuery' | 'ec2Query' | 'restXml' | 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'rpcv2Cbor';

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Members without which the operation cannot be the one that was meant. */
  readonly required: ReadonlySet<string>;
  /** REST protocols only. */
  readonly http: { readonly method: string; readonly uri: string; readonly status: number };
}

/** What the wire has to know about a service, all of it read from its SDK client. */
export interface ServiceModel {
  readonly id: string;
  readonly signingName: string;
  /** What the SDK client speaks; other clients may choose another one, so requests are routed on what they look like. */
  readonly protocol: ProtocolName;
  readonly version: string;
  readonly xmlNamespace: string;
  readonly targetPrefix: string;
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By shape name and by the code that the Query protocol gives it. */
  readonly errors: ReadonlyMap<string, NormalizedSchema>;
}

/** The part of a service definition that the wire reads. */
export interface SdkSource {
  /** `rds` for `@aws-sdk/client-rds`. */
  readonly id: string;
  /** Another module than that package. */
  readonly sdk?: () => Promise<Record<string, unknown>>;
}

type Tuple = readonly [kind: number, namespace: string, name: string, traits: object, ...rest: unknown[]];
interface ClientConfig {
  readonly defaultSigningName: string;
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: {
    readonly version?: string;
    readonly xmlNamespace?: string;
    readonly serviceTarget?: string;
    readonly awsQueryCompatible?: boolean;
  };
}

/** Required, not imported: Node would read each of these large CommonJS files twice more, to find out its format and its exports. */
const sdkPackages = createRequire(import.meta.url);

const operationKind = 9;
const errorKind = -3;
/** Namespace of the classes that an SDK client's errors extend: no service answers with those. */
const baseExceptions = 'smithy.ts.sdk.synthetic';
const requiredCountSlot = 6;

/**
 * Reads the model out of an SDK client module: schemas are its root exports, the protocol is in a client's configuration.
 * @throws Error when the module is not a schema-exporting client (older than 3.953).
 */
export const readServiceModel = async ({ id, sdk }: SdkSource): Promise<ServiceModel> => {
  const module = sdk ? await sdk() : (sdkPackages(`@aws-sdk/client-${id}`) as Record<string, unknown>);
  const schemas = Object.values(module).filter((value): value is Tuple => Array.isArray(value) && typeof value[0] === 'number');
  const operations = schemas.filter(([kind]) => kind === operationKind).map(readOperation);
  if (operations.length === 0) throw new Error(`the SDK client of ${id} exports no operation schemas: it is older than 3.953`);
  const config = clientConfig(id, module);
  const { version = '', xmlNamespace = '', serviceTarget = '', awsQueryCompatible = false } = config.protocolSettings;
  return {
    id,
    signingName: config.defaultSigningName,
    protocol: config.protocol.getShapeId().split('#')[1] as ProtocolName,
    version,
    xmlNamespace,
    targetPrefix: serviceTarget,
    queryCompatible: awsQueryCompatible,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    errors: errorsByCode(schemas.filter(([kind, namespace]) => kind === errorKind && !namespace.startsWith(baseExceptions))),
  };
};

const readOperation = (schema: Tuple): OperationModel => {
  const [, , name, traits, input, output] = schema;
  const inputSchema = NormalizedSchema.of(input as never);
  const [method = 'POST', uri = '/', status = 200] = (traits as { http?: [string, string, number] }).http ?? [];
  return {
    name,
    input: inputSchema,
    output: NormalizedSchema.of(output as never),
    required: requiredMembers(inputSchema),
    http: { method, uri, status },
  };
};

const requiredMembers = (schema: NormalizedSchema): ReadonlySet<string> => {
  const tuple = schema.getSchema() as unknown as unknown[];
  const count = Array.isArray(tuple) ? Number(tuple[requiredCountSlot] ?? 0) : 0;
  return new Set(count > 0 ? (tuple[4] as string[]).slice(0, count) : []);
};

const errorsByCode = (tuples: readonly Tuple[]): ReadonlyMap<string, NormalizedSchema> => {
  const errors = new Map<string, NormalizedSchema>();
  for (const tuple of tuples) {
    const code = (tuple[3] as { awsQueryError?: [string, number] }).awsQueryError?.[0];
    if (code !== undefined && !errors.has(code)) errors.set(code, NormalizedSchema.of(tuple as never));
  }
  for (const tuple of tuples) errors.set(tuple[2], NormalizedSchema.of(tuple as never));
  return errors;
};

const clientConfig = (id: string, module: Record<string, unknown>): ClientConfig => {
  const name = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key));
  if (name === undefined) throw new Error(`the SDK module of ${id} exports no client`);
  const Client = module[name] as new (options: object) => { config: ClientConfig };
  return new Client({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }).config;
};
