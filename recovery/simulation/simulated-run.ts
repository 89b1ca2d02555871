/**
 * The run of one simulated disaster, through kills, a second orchestrator and people's decisions, until it has a named outcome.
 *
 * 1. The engine, the steps, the checks and the SDK clients are the real ones; only what they are given is simulated.
 * 2. A killed process is followed by another one that knows nothing but the journal.
 * 3. Time is the twin's: nothing here takes any of ours.
 */
import { runPlan, type RunEnd, type RunWorld } from '../engine/run-plan.js';
import type { Registries } from '../engine/step-context.js';
import type { Happening, Outcome } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import { instant, later, secondsBetween, type Instant } from '../model/time.js';
import type { Bench } from './bench.js';
import { chosen, decidedBy, objectionsTo } from './decider.js';
import type { Crash, Disaster } from './disaster.js';
import { drawsOf } from './draws.js';
import { MemoryJournalStore, type MemoryJournal } from './memory-journal.js';
import type { Life, SeenHold, Sighting } from './observed.js';
import { Orchestrator, watchedChecks, watchedSteps, type CallWatch, type WatchedCall } from './orchestrator.js';
import { SimulatedPeople } from './simulated-people.js';
import type { SimulatedWorld } from './simulated-world.js';
import { epochNow, switchNow } from './standing/traffic.js';

/** What is put in the real pieces' place, to see that the properties notice: `test/sim/broken-engines`. */
export interface Tampering {
  readonly plan?: (plan: Plan) => Plan;
  readonly journal?: (journal: MemoryJournal) => MemoryJournal;
  /** Before they are watched. */
  readonly registries?: (registries: Registries) => Registries;
  readonly choose?: typeof chosen;
}

/** A run that goes on for longer than this does not end. */
const longestSeconds = 30 * 86_400;

type LifeEnd = Life & { readonly end?: RunEnd };

export class SimulatedRun {
  readonly name: string;
  readonly calls: WatchedCall[] = [];
  readonly sightings: Sighting[] = [];
  readonly holds: SeenHold[] = [];
  readonly lives: Life[] = [];
  readonly store: MemoryJournalStore;
  private readonly people: SimulatedPeople;
  private readonly draws;
  private readonly begunAt: Instant;
  private latest = { at: NaN, instant: '' };
  private orchestrators: Orchestrator[] = [];
  private appends = 0;
  private crashed: Crash | undefined;
  private decisionsLeft: number;
  private rival: Promise<LifeEnd> | undefined;

  constructor(
    private readonly bench: Bench,
    private readonly plan: Plan,
    private readonly world: SimulatedWorld,
    private readonly disaster: Disaster,
    private readonly tampering: Tampering,
  ) {
    this.name = `simulated-${disaster.seed}`;
    this.begunAt = this.now();
    this.draws = drawsOf(disaster.seed, 'decisions');
    this.decisionsLeft = disaster.people.decisions;
    this.people = new SimulatedPeople(disaster.people, this.begunAt, plan.succession);
    this.store = new MemoryJournalStore({
      before: (_happening, writer) => {
        this.appends += 1;
        this.perhapsDie('entry', 'before', this.appends, writer);
      },
      after: async (entry, writer) => {
        this.people.note(entry);
        if (entry.kind === 'started' || entry.kind === 'asked') await this.world.taskBegins(entry.task);
        this.perhapsDie('entry', 'after', this.appends, writer);
      },
    });
  }

  async carriedOut(): Promise<Outcome | 'failed'> {
    await this.openedAndActivated();
    for (;;) {
      const { is, end } = await this.settled();
      if (is === 'killed') {
        await this.world.sleepUntil(later(this.now(), this.crashed?.resumedAfterSeconds ?? 0));
        continue;
      }
      if (!end || end.outcome === 'interrupted') return 'failed';
      if (end.outcome !== 'held' || !(await this.decided(end.state))) return end.outcome;
    }
  }

  /** Asked many times a moment. */
  private now(): Instant {
    const at = this.world.now();
    if (at !== this.latest.at) this.latest = { at, instant: instant(at) };
    return this.latest.instant;
  }

  private async openedAndActivated(): Promise<void> {
    const { seed, detectedAfterSeconds } = this.disaster;
    const { mode, world } = this.plan;
    const source = `simulation, seed ${seed}`;
    const disruptedAt = { at: this.world.disruptedAt, source };
    const detectedAt = { at: later(disruptedAt.at, detectedAfterSeconds), source };
    const opened = { run: this.name, planHash: 'simulated', mode, world, scenario: null, seed, disruptedAt, detectedAt };
    await this.say({ kind: 'opened', ...opened });
    await this.say({ kind: 'activated', by: this.plan.succession[0] ?? 'nobody', reason: 'simulated', source, callsBefore: null });
  }

  /** What people write into the journal, between two lives. */
  private async say(happening: Happening): Promise<void> {
    await this.store.open(0).append(happening, this.now(), this.store.entries.length);
  }

  /** One life, and that of a second orchestrator if one was started meanwhile: the one that went on counts. */
  private async settled(): Promise<LifeEnd> {
    const first = await this.life();
    const second = await this.rival;
    this.rival = undefined;
    return second && first.is === 'fenced' ? second : first;
  }

  private async life(): Promise<LifeEnd> {
    const by = new Orchestrator(this.orchestrators.length + 1);
    this.orchestrators.push(by);
    const journal = this.store.open(by.number);
    const ended = (is: Life['is'], more: Partial<LifeEnd> = {}): LifeEnd => {
      const life = { orchestrator: by.number, is, calls: this.calls.length };
      this.lives.push({ ...life, ...(more.error === undefined ? {} : { error: more.error }) });
      return { ...life, ...more };
    };
    try {
      if (by.number > 1) await journal.append({ kind: 'resumed', notice: '' }, this.now(), journal.sequence);
      const { plan = (one) => one, journal: given = (one) => one } = this.tampering;
      return ended('ended', { end: await runPlan(plan(this.plan), given(journal), this.worldOf(by)) });
    } catch (error) {
      if (!by.alive) return ended('killed');
      if (error instanceof RecoveryError && error.kind === 'fenced') return ended('fenced');
      return ended('failed', { error: described(error) });
    }
  }

  private worldOf(by: Orchestrator): RunWorld {
    const watch: CallWatch = {
      before: async (asked) => {
        const call: WatchedCall = { ...asked, nth: this.calls.length + 1, sequence: this.store.entries.length, at: this.world.now() };
        this.calls.push(call);
        if (call.nth === this.disaster.rivalAtCall) this.rival = this.life();
        try {
          this.perhapsDie('call', 'before', call.nth, by.number);
        } catch (error) {
          call.error = 'never-sent';
          throw error;
        }
        return call;
      },
      after: async (call) => {
        if (['s3', 'routingControls'].includes(call.service) && call.changes) this.sightings.push(await this.sighted(call.nth));
        this.perhapsDie('call', 'after', call.nth, by.number);
        by.mustLive();
      },
    };
    const { steps, checks } = (this.tampering.registries ?? ((one) => one))(this.bench);
    return {
      clock: {
        now: () => this.now(),
        sleepUntil: async (until: Instant) => {
          by.mustLive();
          if (secondsBetween(this.begunAt, until) > longestSeconds) throw new Error(`the run would go on until ${until}`);
          await this.world.sleepUntil(until);
          by.mustLive();
        },
        passesByItself: false,
      },
      aws: this.bench.aws,
      awsOf: this.bench.awsOf,
      network: this.world.network,
      people: this.people,
      authority: this.people,
      steps: watchedSteps(steps, by, watch),
      checks: watchedChecks(checks, by, watch),
      watch: { entry: () => undefined, look: () => undefined },
      interrupted: () => false,
    };
  }

  private async sighted(afterCall: number): Promise<Sighting> {
    const epoch = (await epochNow(this.world)) as Sighting['epoch'];
    return { afterCall, epoch, switch: (await switchNow(this.world)) as Sighting['switch'] };
  }

  private perhapsDie(around: Crash['around'], when: Crash['when'], nth: number, writer: number): void {
    const crash = this.disaster.crashes.find((one) => one.around === around && one.when === when && one.nth === nth);
    const by = this.orchestrators[writer - 1];
    if (!crash || !by?.alive) return;
    this.crashed = crash;
    by.die(`${when} ${around} ${nth}`);
  }

  /** What people do about a hold; false: nobody does anything any more. */
  private async decided(state: RunState): Promise<boolean> {
    this.holds.push({ sequence: this.store.entries.length, objections: objectionsTo(this.plan, state, this.now()) });
    const held = state.hold?.task ?? '';
    const willCome = held === '' ? null : (this.people.acknowledgesAt(held) ?? (state.authorised ? null : this.authorityFor(held)));
    if (this.decisionsLeft-- <= 0) return false;
    if (willCome !== null) {
      await this.world.sleepUntil(willCome);
      return true;
    }
    await this.world.sleepUntil(later(this.now(), this.draws.whole(...this.disaster.people.decidesAfterSeconds)));
    const choice = (this.tampering.choose ?? chosen)(this.plan, state, this.now(), this.draws);
    if (!choice) return false;
    await this.say(decidedBy(this.plan, state, this.now(), choice, this.draws));
    return true;
  }

  /** A run that is held before what cannot be undone waits for the authority, and goes on when it answers. */
  private authorityFor(held: string): Instant | null {
    const { authorisesAt } = this.people;
    const waits = this.plan.tasks.some(({ id, effect }) => id === held && effect !== 'reversible');
    return waits && authorisesAt !== null && authorisesAt > this.now() ? authorisesAt : null;
  }
}

const described = (error: unknown): string => {
  const { message, cause, stack } = error as Error;
  return cause instanceof Error ? `${message}: ${described(cause)}` : `${message} ${stack?.split('\n')[1]?.trim() ?? ''}`;
};
