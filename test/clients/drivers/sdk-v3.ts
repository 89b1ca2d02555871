import { bytesOf, instantOf, type Client, type Output } from './driver.js';

interface Sdk {
  send(command: object): Promise<Output>;
  destroy(): void;
}
type Environment = Readonly<Record<string, string>>;
type Module = Record<string, new (input: object) => never>;

/** The module's client, which no prefix of its name tells from the errors and commands around it. */
const clientOf = async (service: string, region: string, environment: Environment): Promise<{ client: Sdk; module: Module }> => {
  const module = (await import(`@aws-sdk/client-${service}`)) as Module;
  const name = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key) && !key.startsWith('__'))!;
  const credentials = { accessKeyId: environment['AWS_ACCESS_KEY_ID']!, secretAccessKey: environment['AWS_SECRET_ACCESS_KEY']! };
  const endpoint = environment['AWS_ENDPOINT_URL']!;
  return { client: new module[name]!({ region, endpoint, credentials, maxAttempts: 1 }) as unknown as Sdk, module };
};

const toSdk = (value: unknown): unknown => {
  const special = bytesOf(value) ?? instantOf(value);
  if (special) return special;
  if (Array.isArray(value)) return value.map(toSdk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toSdk(member)]));
};

const fromSdk = async (output: Output): Promise<Output> => {
  const { $metadata: _metadata, ...members } = output as Record<string, unknown>;
  const body = members['Body'] as { transformToString?: () => Promise<string> } | undefined;
  if (body?.transformToString) members['Body'] = await body.transformToString();
  return JSON.parse(JSON.stringify(members, binaryAsBase64)) as Output;
};
const binaryAsBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

/** The AWS SDK for JavaScript, version 3. */
export const sdkV3: Client = {
  name: 'SDK v3',
  missing: () => undefined,
  open: (environment) => {
    const clients = new Map<string, ReturnType<typeof clientOf>>();
    return {
      call: async ({ service, operation, region, input }) => {
        const key = `${service} ${region}`;
        if (!clients.has(key)) clients.set(key, clientOf(service, region, environment));
        const { client, module } = await clients.get(key)!;
        try {
          return { output: await fromSdk(await client.send(new module[`${operation}Command`]!(toSdk(input) as object))) };
        } catch (error) {
          const { name, message, Code } = error as Error & { Code?: string };
          return { error: { code: Code ?? name, message } };
        }
      },
      close: async () => {
        for (const made of clients.values()) (await made).client.destroy();
      },
    };
  },
};
