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
/** Real milliseconds that a program may take until it listens; after that the world goes on without it. */
const startPatienceMs = 10_000;
const runtime = fileURLToPath(new URL('./container-runtime.mjs', import.meta.url));

interface Options {
  readonly reaper: Reaper;
  readonly gate: RegionGate;
  /** Of the shared clock. */
  readonly clock: number;
  readonly log: (message: string) => void;
  /** `address:port` of the resolver that containers use. */
  readonly resolver: string;
  readonly movedPorts: Readonly<Record<number, number>>;
  /** What the platform adds to a container's environment: region, endpoint, the task role's credentials. */
  readonly platform: (task: { account: string; region: string }) => Record<string, string>;
}
interface Running {
  readonly region: string;
  readonly onExit: TaskSpec['onExit'];
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  /** Nobody is told of this task's end: its region, or the twin, goes with it. */
  silent: boolean;
}
const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number | null =>
  code ?? (signal ? 128 + constants.signals[signal] : null);

/** Resolves to true when the program listens or is gone, to false when patience ends before. */
const settles = ({ child, gone }: Running): Promise<boolean> =>
  new Promise((resolve) => {
    const patience = setTimeout(() => resolve(false), startPatienceMs);
    const settle = (): void => {
      clearTimeout(patience);
      resolve(true);
    };
    child.once('message', settle);
    void gone.then(settle);
  });

/** One Node process per container, with the environment of its task definition and nothing of ours. */
export class ProcessTasks implements Tasks {
  private readonly running = new Map<string, Running>();
  /** Killed with their regions. */
  private lost: Running[] = [];

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
      const { resolver, movedPorts } = this.options;
      const settled = settles(task);
      task.child.send({ address: spec.address, resolver, movedPorts }, () => undefined);
      if (!(await settled)) this.options.log(`task ${id} does not listen yet after ${startPatienceMs / 1000} s`);
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

  /** Kills every task of the region, or of all, and tells nobody. */
  async kill(region?: string): Promise<void> {
    const chosen = [...this.running.values()].filter((task) => region === undefined || task.region === region);
    for (const task of chosen) {
      task.silent = true;
      task.child.kill('SIGKILL');
    }
    if (region !== undefined) this.lost.push(...chosen);
    await Promise.all(chosen.map(({ gone }) => gone));
  }

  /** The region is there again, and so is the news that its tasks are not. */
  bringBack(region: string): void {
    const gone = this.lost.filter((task) => task.region === region);
    this.lost = this.lost.filter((task) => task.region !== region);
    for (const { onExit } of gone) onExit(exitCodeOf(null, 'SIGKILL'));
  }

  private spawn(id: string, spec: TaskSpec, program: string): Running {
    const { reaper, platform, clock } = this.options;
    const child = spawn(process.execPath, ['--max-semi-space-size=1', '--import', runtime, program], {
      env: { ...spec.environment, ...platform(spec) },
      cwd: '/',
      // The runtime knows the clock as descriptor 4.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', clock],
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
    const task: Running = { region: spec.region, onExit: spec.onExit, child, gone, silent: false };
    this.running.set(id, task);
    return task;
  }
}
