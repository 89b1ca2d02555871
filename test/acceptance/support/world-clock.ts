import { request } from 'node:http';

/** Owns the twin's clock for a while, as any orchestrator may: time moves when told to. */
export const ownClock = async (url: string) => {
  const body = JSON.stringify({ owner: 'acceptance test' });
  const { lease, close } = await new Promise<{ lease: string; close: () => void }>((resolve, reject) => {
    const asked = request(
      `${url}/_twin/clock/lease`,
      { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': body.length } },
      (response) => {
        response.once('data', (chunk: Buffer) =>
          resolve({ ...(JSON.parse(chunk.toString()) as { lease: string }), close: () => response.destroy() }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
  const post = async (path: string, fields: object): Promise<number> => {
    const response = await fetch(`${url}/_twin/clock/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lease, ...fields }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { now: number }).now;
  };
  return {
    pass: (seconds: number): Promise<number> => post('sleep', { seconds }),
    release: async (): Promise<void> => {
      await post('release', {});
      close();
    },
  };
};
