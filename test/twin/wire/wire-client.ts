import { Readable } from 'node:stream';
import { buildQueryString } from '@smithy/core/protocols';
import { HttpResponse, type HttpRequest } from '@smithy/core/transport';
import { AwsError } from '../../../twin/wire/aws-error.js';
import { readCredential } from '../../../twin/wire/credential.js';
import { parseTarget, type WireRequest } from '../../../twin/wire/http-message.js';
import { ServiceModels } from '../../../twin/wire/service-models.js';
import { Wire, type WireCall } from '../../../twin/wire/wire.js';

type Client = { send(command: object): Promise<Record<string, unknown>> };
export type SdkModule = Record<string, unknown>;
export const sdkOf = (service: string): Promise<SdkModule> => import(`@aws-sdk/client-${service}`) as Promise<SdkModule>;

/** A real SDK client whose requests end at the wire, in this process: what is answered is up to `answer`. */
export const wireClient = async (
  service: string,
  answer: (call: WireCall) => Record<string, unknown>,
  extra: Record<string, unknown> = {},
): Promise<{ client: Client; module: SdkModule; statuses: number[]; requests: WireRequest[] }> => {
  const module = await sdkOf(service);
  const wire = new Wire(new ServiceModels([{ id: service, sdk: () => Promise.resolve(module) }]));
  const statuses: number[] = [];
  const requests: WireRequest[] = [];
  const handle = async (request: HttpRequest): Promise<{ response: HttpResponse }> => {
    const asked = await wireRequest(request);
    requests.push(asked);
    const signingName = readCredential(asked)?.signingName;
    const response = await wire
      .read(asked, signingName ?? '')
      .then((call) => call.reply(answer(call), 'request-1'))
      .catch((error: unknown) => {
        if (error instanceof AwsError) return wire.refuse(asked, signingName, error, 'request-1');
        throw error;
      });
    statuses.push(response.status);
    const { body } = response;
    const bytes = body instanceof Readable ? body : Readable.from(asked.method === 'HEAD' ? [] : [Buffer.from(body as string)]);
    return { response: new HttpResponse({ statusCode: response.status, headers: { ...response.headers }, body: bytes }) };
  };
  const name = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key))!;
  const Client = module[name] as new (options: object) => Client;
  const client = new Client({
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4577',
    credentials: { accessKeyId: 'AKIA111122223333TWIN', secretAccessKey: 'secret' },
    maxAttempts: 1,
    disableHostPrefix: true,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { handle },
    ...extra,
  });
  return { client, module, statuses, requests };
};

const wireRequest = async (request: HttpRequest): Promise<WireRequest> => {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const query = buildQueryString(request.query);
  return {
    method: request.method,
    ...parseTarget(query ? `${request.path}?${query}` : request.path),
    headers,
    body: await bytesOf(request.body),
  };
};

const bytesOf = async (body: unknown): Promise<Buffer> => {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.concat(await (body as Readable).toArray());
};
