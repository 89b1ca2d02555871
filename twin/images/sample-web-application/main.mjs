import { createServer } from 'node:http';
import { readConfiguration } from './configuration.mjs';
import { createFence } from './fence.mjs';
import { createOrders } from './orders.mjs';
import { createRoutes } from './routes.mjs';
import { createWitness } from './witness.mjs';

const maximumBody = 65_536;
const log = (line) => console.log(JSON.stringify({ at: new Date().toISOString(), ...line }));

const readBody = async (request) => {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maximumBody) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
};

const respond = async (routes, request, response) => {
  const url = new URL(request.url, 'http://web');
  const route = routes[`${request.method} ${url.pathname}`];
  const body = request.method === 'POST' ? await readBody(request) : undefined;
  const { status, body: answer } = route ? await route({ query: url.searchParams, body }) : { status: 404, body: { error: 'not-found' } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  log({ event: 'request', method: request.method, path: url.pathname, status, reason: answer.reason });
};

const start = () => {
  const configuration = readConfiguration(process.env);
  const { site, leaseSeconds, claimFirstEpoch, imageVersion, database } = configuration;
  const fence = createFence({ site, leaseSeconds, claimFirstEpoch, witness: createWitness(configuration.witness) });
  const orders = database && createOrders(database, { log });
  const routes = createRoutes({ site, imageVersion, fence, orders, log });
  const server = createServer((request, response) => {
    respond(routes, request, response).catch((error) => {
      log({ event: 'request-failed', path: request.url, reason: error.stack });
      response.destroy();
    });
  });
  // Longer than a load balancer keeps an idle connection, so that it never sends into a closing one.
  server.keepAliveTimeout = 75_000;
  server.listen(configuration.port, () => log({ event: 'listening', site, port: configuration.port, database: database?.host ?? 'none' }));
  process.once('SIGTERM', () => {
    log({ event: 'stopping' });
    server.close(() => void orders?.close());
    server.closeIdleConnections();
  });
  // The home site's first epoch exists from its first start on, not from its first order on.
  fence.ask().then((standing) => log({ event: 'fence', ...standing }));
};

try {
  start();
} catch (error) {
  log({ event: 'cannot-start', reason: error.message });
  process.exitCode = 1;
}
