import type { ServerResponse } from 'node:http';
import { ImpossibleFault } from '../faults/fault.js';
import { faults } from '../faults/index.js';
import { injectFault, UnknownFault } from '../faults/inject-fault.js';
import type { WireRequest } from '../wire/http-message.js';
import { CallsForgotten } from '../world/calls.js';
import { ClockHeld, NotYourClock } from '../world/timekeeper.js';
import { NotPushed, pushImage } from './push-image.js';
import { BadRequest, number, object, text, wakeAt, whole } from './request-body.js';
import type { TwinDescription } from './twin-description.js';
import { worldSummary, type SummaryParts } from './world-summary.js';

export interface TwinDoorParts extends SummaryParts {
  readonly description: TwinDescription;
  readonly stop: () => void;
}

interface Asked {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  /** For answers that stay open. */
  readonly response: ServerResponse;
}
/** `undefined`: has answered by itself. */
type Answer = { status: number; body: unknown } | undefined;

/** The twin's own interface, under `/_twin/`: clock, calls, faults, images, summary and stop. */
export const twinDoor = (parts: TwinDoorParts): ((request: WireRequest, response: ServerResponse) => Promise<void>) => {
  const routes = routesOf(parts);
  return async (request, response) => {
    const route = routes[`${request.method} ${request.path.slice('/_twin/'.length)}`];
    try {
      const body = (request.body.length > 0 ? JSON.parse(request.body.toString()) : {}) as Record<string, unknown>;
      const answer = route
        ? await route({ query: request.query, body, response })
        : { status: 404, body: { error: `the twin has no ${request.method} ${request.path}`, known: Object.keys(routes) } };
      if (answer) send(response, answer.status, answer.body);
    } catch (error) {
      send(response, statusOf(error), { error: (error as Error).message, ...more(error) });
    }
  };
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
};

const more = (error: unknown): object => {
  if (error instanceof UnknownFault) return { known: error.known };
  return error instanceof ClockHeld ? { owner: error.owner } : {};
};

const statusOf = (error: unknown): number => {
  if (error instanceof UnknownFault) return 404;
  if (error instanceof ClockHeld || error instanceof NotYourClock) return 409;
  if (error instanceof CallsForgotten) return 410;
  return [BadRequest, ImpossibleFault, NotPushed, SyntaxError].some((kind) => error instanceof kind) ? 400 : 501;
};

const routesOf = (parts: TwinDoorParts): Record<string, (asked: Asked) => Answer | Promise<Answer>> => {
  const { world, timekeeper, ledger } = parts;
  const ok = (body: unknown): Answer => ({ status: 200, body });
  return {
    'GET twin': () => ok(parts.description),
    'GET clock': () =>
      ok({
        now: world.now(),
        at: new Date(world.now()).toISOString(),
        moves: timekeeper.moves,
        speed: timekeeper.speed,
        owner: timekeeper.owner,
      }),
    'POST clock/lease': ({ body, response }) => lease(text(body, 'owner'), response, parts),
    'POST clock/sleep': async ({ body }) => ok({ now: await timekeeper.sleepUntil(text(body, 'lease'), wakeAt(body, world.now())) }),
    'POST clock/release': ({ body }) => {
      timekeeper.release(text(body, 'lease'));
      return ok({ now: world.now() });
    },
    'GET calls': ({ query }) => {
      const since = query.get('since');
      return ok(ledger.since(since === null ? undefined : whole(since, 'since')));
    },
    'GET faults': () => {
      const injected = world.interferences.history.map((one) => ({ ...one, active: world.interferences.isActive(one) }));
      return ok({ known: faults.map(({ name, description, parameters }) => ({ name, description, parameters })), injected });
    },
    'POST faults': async ({ body }) => {
      const target = {
        region: text(body, 'region'),
        inSeconds: body.inSeconds === undefined ? undefined : number(body, 'inSeconds'),
        forSeconds: body.forSeconds === undefined ? undefined : number(body, 'forSeconds'),
        with: body.with === undefined ? undefined : object(body, 'with'),
      };
      return ok(await injectFault(world, text(body, 'name'), target));
    },
    'POST images': async ({ body }) => ok(await pushImage(world, text(body, 'image'), text(body, 'region'))),
    'GET summary': () => ok(worldSummary(parts)),
    'POST stop': ({ response }) => {
      response.once('close', parts.stop);
      return ok({ stopping: true, pid: process.pid });
    },
  };
};

/** Answers with one line and stays open: the lease lasts as long as the connection. */
const lease = async (owner: string, response: ServerResponse, { timekeeper, world }: TwinDoorParts): Promise<Answer> => {
  const taken = await timekeeper.take(owner);
  response.once('close', () => timekeeper.drop(taken));
  if (response.destroyed) timekeeper.drop(taken);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write(`${JSON.stringify({ lease: taken, now: world.now() })}\n`);
  return undefined;
};
