import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EpochRecord } from '../../lib/contract/outputs.js';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** One object behind S3's GET and conditional PUT: the fence's witness, for tests of what reads it. */
export const witnessBucket = async () => {
  const state: { epoch: EpochRecord | undefined; broken: boolean; requests: string[]; authorization: string } = {
    epoch: undefined,
    broken: false,
    requests: [],
    authorization: '',
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      state.requests.push(`${request.method} ${request.url}`);
      state.authorization = request.headers.authorization ?? '';
      const answer = (status: number, text = ''): void => void response.writeHead(status).end(text);
      if (state.broken) return answer(503);
      if (request.method === 'GET') return state.epoch ? answer(200, JSON.stringify(state.epoch)) : answer(404);
      if (state.epoch && request.headers['if-none-match'] === '*') return answer(412);
      state.epoch = JSON.parse(body) as EpochRecord;
      return answer(200);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  });
};
