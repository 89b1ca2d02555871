import { sdkStreamMixin } from '@smithy/core/serde';
import { Readable } from 'node:stream';

/** The input with a streamed body read to its end, as the services want it. */
export const readBodies = async (input: object): Promise<object> => {
  const { Body: body } = input as { Body?: unknown };
  if (!(body instanceof Readable)) return input;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Uint8Array));
  return { ...input, Body: Buffer.concat(chunks) };
};

/** The output with the stream, helpers and all, that the SDK hands out where the service gave bytes. */
export const withStreams = (output: object): object => {
  const { Body: body } = output as { Body?: unknown };
  if (!(body instanceof Uint8Array)) return output;
  return { ...output, Body: sdkStreamMixin(Readable.from(body.length > 0 ? [Buffer.from(body)] : [], { objectMode: false })) };
};
