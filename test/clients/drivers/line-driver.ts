import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Answer, Driver } from './driver.js';

/** A client in a process of its own: one call a line as JSON on its stdin, one answer a line on its stdout. */
export const lineDriver = (program: string, args: readonly string[], environment: Readonly<Record<string, string>>): Driver => {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: Answer) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  const ended = once(child, 'close');
  void ended.then(() => waiting.splice(0).forEach((answer) => answer({ error: { code: 'DriverEnded', message: `${program} ended` } })));
  return {
    call: (call) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(call)}\n`);
      }),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
