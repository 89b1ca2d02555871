import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Agenda, type Move } from '../../../recovery/engine/agenda.js';
import { foldEntry, progressOf } from '../../../recovery/engine/fold.js';
import { notBegun } from '../../../recovery/engine/not-begun.js';
import { Governor } from '../../../recovery/engine/governor.js';
import type { Decision } from '../../../recovery/model/decision.js';
import type { Happening, JournalEntry } from '../../../recovery/model/journal-entry.js';
import type { Plan } from '../../../recovery/model/plan.js';
import type { RunState } from '../../../recovery/model/run-state.js';
import { instant, later } from '../../../recovery/model/time.js';
import { drawnTasks, planOf } from '../../helpers/random-runs.js';
import { beginning } from '../../helpers/sample-world.js';

const plenty = () => new Governor(() => ({ burst: 1_000, perSecond: 1_000, mostPerSecond: 1_000 }));
const room = { starts: 1_000, looks: 1_000 };

/** What one turn of a run does with its agenda. */
const drawnTurn = fc.record({
  afterSeconds: fc.nat(90),
  starts: fc.nat(3),
  looks: fc.nat(3),
  fails: fc.array(fc.boolean(), { maxLength: 6 }),
  decision: fc.option(
    fc.record({
      task: fc.nat(6),
      decision: fc.constantFrom<Decision>('retry', 'retry', 'skip', 'waive'),
      forSeconds: fc.constantFrom(60, 86_400),
      again: fc.array(fc.nat(6), { maxLength: 2 }),
    }),
  ),
  authorise: fc.boolean(),
  acknowledge: fc.boolean(),
});
type Turn = typeof drawnTurn extends fc.Arbitrary<infer T> ? T : never;

/** A run without steps: every move comes to what was drawn. */
class Played {
  state: RunState = notBegun();
  at = beginning;
  readonly agenda: Agenda;
  private sequence = 0;

  constructor(private readonly plan: Plan) {
    this.agenda = new Agenda(plan, this.state, plenty(), this.now());
  }

  now(): string {
    return instant(this.at);
  }

  private write(happening: Happening): void {
    const entry = { ...happening, sequence: ++this.sequence, at: this.now(), previousHash: '', hash: '' } as JournalEntry;
    this.state = foldEntry(this.state, entry);
    this.agenda.note(entry, this.state);
  }

  private make({ verb, task: { id: task }, attempt }: Move, fails: boolean): void {
    const error = { kind: 'rejected' as const, code: 'drawn', message: 'drawn', causes: [] };
    if (fails) this.write({ kind: 'failed', task, attempt, error, evidence: [] });
    else if (verb === 'start') this.write({ kind: 'accepted', task, attempt, handle: null });
    else if (verb === 'poll') this.write({ kind: 'done', task, attempt, output: null });
    else this.write({ kind: 'verified', task, attempt, evidence: [] });
    this.agenda.settled(task);
  }

  turn({ afterSeconds, starts, looks, fails, decision, authorise, acknowledge }: Turn): void {
    this.at += afterSeconds * 1000;
    const { tasks } = this.plan;
    if (authorise && this.agenda.needsAuthority())
      this.write({ kind: 'authorised', task: this.agenda.needsAuthority()!.id, by: 'cto', reason: 'drawn', source: 'test' });
    for (const task of this.agenda.asksNow()) this.write({ kind: 'asked', task: task.id, attempt: 1, owner: 'cto', request: 'say so' });
    const asked = tasks.find(({ id }) => progressOf(this.state, id).is === 'asked');
    if (acknowledge && asked) this.write({ kind: 'acknowledged', task: asked.id, by: 'cto', note: '', source: 'test' });
    const moves = this.agenda.movesNow(this.now(), { starts, looks });
    for (const { verb, again, task, attempt } of moves)
      if (verb === 'start' && !again) this.write({ kind: 'started', task: task.id, attempt });
    moves.forEach((move, index) => this.make(move, fails[index] ?? false));
    const decided = decision && tasks[decision.task];
    if (!decided || progressOf(this.state, decided.id).is !== 'failed') return;
    const { forSeconds, again } = decision;
    const expiresAt = decision.decision === 'waive' ? { expiresAt: later(this.now(), forSeconds) } : {};
    const finished = again.flatMap((place) => tasks[place] ?? []).filter(({ id }) => progressOf(this.state, id).is === 'verified');
    this.write({
      ...{ kind: 'decided', task: decided.id, decision: decision.decision, by: 'cto', reason: 'drawn', ...expiresAt },
      again: finished.map(({ id }) => id),
    });
  }
}

/** Everything an agenda has to say, once all looks are due. Taking it uses the agenda up. */
const saidBy = (agenda: Agenda, at: string) => ({
  isOver: agenda.isOver(),
  needsAuthority: agenda.needsAuthority()?.id,
  asks: agenda
    .asksNow()
    .map(({ id }) => id)
    .sort(),
  moves: agenda.movesNow(at, room).map(({ verb, task: { id }, attempt, again }) => ({ verb, id, attempt, again })),
});

describe('the agenda', () => {
  it('kept entry by entry says what one made anew says, after anything that can happen to any plan', () => {
    fc.assert(
      fc.property(drawnTasks, fc.array(drawnTurn, { maxLength: 25 }), (drawn, turns) => {
        const plan = planOf(drawn);
        const played = new Played(plan);
        turns.forEach((turn) => played.turn(turn));
        const soon = later(played.now(), 1);
        const anew = saidBy(new Agenda(plan, played.state, plenty(), soon), soon);
        expect(saidBy(played.agenda, soon)).toEqual(anew);
      }),
      { numRuns: 1_000 },
    );
  });

  it('wakes for the soonest thing that there is room for, and for nothing where nothing can come', () => {
    const plan = planOf([{ does: 'step', needs: [0], irreversible: false, skippable: false, undoes: false, waivable: false, failures: 0 }]);
    const { agenda, state } = new Played(plan);
    const now = instant(beginning);
    expect(agenda.movesNow(now, room).map(({ task }) => task.id)).toEqual(['t0']);
    expect(agenda.wakesAt(now, room)).toBeUndefined();
    const entry = { kind: 'started', task: 't0', attempt: 1, sequence: 1, at: now, previousHash: '', hash: '' } as JournalEntry;
    agenda.note(entry, foldEntry(state, entry));
    agenda.lookLater('t0', later(now, 30));
    agenda.settled('t0');
    expect(agenda.wakesAt(now, room)).toBe(later(now, 30));
    expect(agenda.wakesAt(now, { starts: 1, looks: 0 })).toBeUndefined();
  });
});
