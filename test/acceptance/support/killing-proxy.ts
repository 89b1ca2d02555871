import { createServer, request, type IncomingMessage } from 'node:http';

/** One request as it passes. */
export interface Passing {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  /** How many AWS calls have passed since the victim was named; whose credentials it gets changes nothing, and does not count. */
  readonly count: number;
}
export interface Kill {
  /** For the one who reads a failure. */
  readonly name: string;
  /** Undefined: the request passes. */
  readonly strikes: (passing: Passing) => Strike | undefined;
}
/** Before the twin sees the request, or after it answered and before the victim hears it. */
export type Strike = 'before-request' | 'before-response';

const operationOf = (message: IncomingMessage, body: string): string =>
  String(message.headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ||
  (/(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? `${message.method} ${message.url?.split('?')[0]}`);

const isForCredentials = (operation: string): boolean => ['AssumeRole', 'GetCallerIdentity'].includes(operation);

/** A relay in front of the twin that kills its client between request and response, and lets no answer through to a dead one. */
export const killingProxy = async (twinUrl: string) => {
  const { hostname, port } = new URL(twinUrl);
  let plan: { kill: Kill; victim: () => void } | undefined;
  let count = 0;
  const killed: string[] = [];
  const strike = (passing: Passing, moment: Strike): void => {
    killed.push(`${plan?.kill.name}: in flight ${passing.operation} (${moment})`);
    plan?.victim();
    plan = undefined;
  };
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const body = Buffer.concat(chunks);
      const own = asked.url?.startsWith('/_twin/') ?? false;
      const operation = operationOf(asked, body.toString('latin1'));
      const passing = {
        operation,
        method: asked.method ?? '',
        url: asked.url ?? '',
        count: own || isForCredentials(operation) ? count : ++count,
      };
      const struck = own ? undefined : plan?.kill.strikes(passing);
      if (struck === 'before-request') {
        strike(passing, struck);
        return void asked.socket.destroy();
      }
      const relayed = request(
        { hostname, port, method: asked.method, path: asked.url, headers: asked.headers, agent: false },
        (response) => {
          if (struck === 'before-response') {
            response.resume();
            response.on('end', () => {
              strike(passing, struck);
              asked.socket.destroy();
            });
            return;
          }
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
          response.on('error', () => answer.destroy());
        },
      );
      relayed.on('error', () => answer.destroy());
      // The clock's lease stays open as long as its owner lives, and no longer.
      answer.on('close', () => relayed.destroy());
      relayed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    killed,
    /** Counts calls from here on, and kills the victim at the first that fits. */
    aim: (kill: Kill, victim: () => void): void => {
      count = 0;
      plan = { kill, victim };
    },
    /** True while the kill that was aimed has not struck. */
    armed: (): boolean => plan !== undefined,
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
