import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Why moto cannot be compared with; undefined: it can. */
export const motoMissing = (): string | undefined => {
  if (process.env['MOTO'] !== '1') return 'MOTO=1 is not set';
  const { status, error } = spawnSync('python3', ['-c', 'import moto.server']);
  return error || status !== 0 ? "python3 has no moto.server (pip install 'moto[server]')" : undefined;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** moto's server in a process of its own. */
export const startMoto = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const port = await freePort();
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/moto-api/`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}`);
    await pause(100);
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
