import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findImage } from '../images/index.js';
import type { Tasks, TaskSpec } from '../world/dataplane.js';
import type { Reaper } from './reaper.js';
import type { RegionGate } from './region-gate.js';

/** Real milliseconds from SIGTERM to SIGKILL; Fargate's `stopTimeout` (30 s by default) in a hurry. */
const stopPatienceMs = 5000;
/** Real milliseconds that a process may take to hear the time; after that the world goes on without it. */
const hearingPatienceMs = 2000;
const runtime = fileURLToPath(new URL('./container-runtime.mjs', import.meta.url));

interface Options {
  readonly reaper: Reaper;
  readonly gate: RegionGate;
  readonly now: () => number;
  readonly log: (message: string) => void;
  /** `address:port` of the resolver that containers use. */
  readonly resolver: string;
  readonly movedPorts: Readonly<Record<number, number>>;
  /** What the platform adds to a container's environment: region, endpoint, the task role's credentials. */
  readonly platform: (task: { account: string; region: string }) => Record<string, string>;
}
interface Running {
  readonly region: string;
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  /** Nobody is told of this task's end: its region, or the twin, goes with it. */
  silent: boolean;
}
type Said = { ready: true } | { heard: number };

const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number | null =>
  code ?? (signal ? 128 + constants.signals[signal] : null);

/** The process's next word on the IPC channel that `matches`, its end, or the end of patience: whichever is first. */
const hears = ({ child, gone }: Running, matches: (said: Said) => boolean, patienceMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (heard: boolean): void => {
      clearTimeout(patience);
      child.off('message', listener);
      resolve(heard);
    };
    const listener = (said: unknown): void => {
      if (matches(said as Said)) settle(true);
    };
    const patience = setTimeout(() => settle(false), patienceMs);
    child.on('message', listener);
    void gone.then(() => settle(true));
  });

/** One Node process per container, with the environment of its task definition and nothing of ours. */
export class ProcessTasks implements Tasks {
  private readonly running = new Map<string, Running>();

  constructor(private readonly options: Options) {}

  knowsImage(image: string): boolean {
    return findImage(image) !== undefined;
  }

  /** Resolves when the program listens, or is gone. */
  run(id: string, spec: TaskSpec): Promise<void> {
    return this.options.gate.within([spec.region], async () => {
      const image = findImage(spec.image);
      if (!image) throw new Error(`no program stands for the image ${spec.image}`);
      if (this.running.has(id)) throw new Error(`the data plane already runs task ${id}`);
      if (spec.command?.length) throw new Error(`task ${id} overrides its command, which no image here allows: ${spec.command.join(' ')}`);
      const task = this.spawn(id, spec, image.program);
      const { now, resolver, movedPorts } = this.options;
      const ready = hears(task, (said) => 'ready' in said, 10_000);
      task.child.send({ address: spec.address, resolver, movedPorts, now: now() }, () => undefined);
      if (!(await ready)) this.options.log(`task ${id} does not listen yet after 10 s`);
    });
  }

  async stop(id: string): Promise<void> {
    const task = this.running.get(id);
    if (!task) return;
    task.child.kill('SIGTERM');
    const patience = setTimeout(() => task.child.kill('SIGKILL'), stopPatienceMs);
    await task.gone;
    clearTimeout(patience);
  }

  async tellTime(now: number): Promise<void> {
    const told = [...this.running].map(async ([id, task]) => {
      if (!task.child.connected) return;
      const heard = hears(task, (said) => 'heard' in said && said.heard === now, hearingPatienceMs);
      task.child.send({ now }, () => undefined);
      if (!(await heard)) this.options.log(`task ${id} did not hear the time in ${hearingPatienceMs / 1000} s`);
    });
    await Promise.all(told);
  }

  /** Kills every task of the region, or of all, and tells nobody. */
  async kill(region?: string): Promise<void> {
    const chosen = [...this.running.values()].filter((task) => region === undefined || task.region === region);
    for (const task of chosen) {
      task.silent = true;
      task.child.kill('SIGKILL');
    }
    await Promise.all(chosen.map(({ gone }) => gone));
  }

  private spawn(id: string, spec: TaskSpec, program: string): Running {
    const { reaper, platform } = this.options;
    const child = spawn(process.execPath, ['--max-semi-space-size=1', '--import', runtime, program], {
      env: { ...spec.environment, ...platform(spec) },
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    const { pid, stdout, stderr } = child;
    if (pid !== undefined) reaper.watch(pid);
    for (const stream of [stdout, stderr]) if (stream) createInterface({ input: stream }).on('line', spec.onLine);
    const ended = new Promise<number | null>((resolve) => {
      // `close`, not `exit`: by then every line has been read.
      child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
      child.once('error', () => resolve(null));
    });
    const gone = ended.then((code) => {
      if (pid !== undefined) reaper.forget(pid);
      this.running.delete(id);
      if (!task.silent) spec.onExit(code);
    });
    const task: Running = { region: spec.region, child, gone, silent: false };
    this.running.set(id, task);
    return task;
  }
}
