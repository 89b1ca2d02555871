import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutoverNotDominated as lint } from '../../../../recovery/planning/lint/cutover-not-dominated.js';
import { cutOver, fence, findsNothingInAmbassify, found, gate, receipt, step } from '../../../helpers/linted.js';

const sound = [gate('test'), receipt('receipt', 'test'), fence('fence', 'receipt'), cutOver('move', 'fence'), gate('proof', 'move')];
const changed = (id: string, change: object) => sound.map((task) => (task.id === id ? { ...task, ...change } : task));

describe('a cut-over that does not wait for all it rests on', () => {
  findsNothingInAmbassify(lint);
  it('is none where everything stands before it, and its proof after it', () => expect(found(lint, sound)).toEqual([]));
  it('is none in a plan that moves no traffic', () => expect(found(lint, [gate('test'), step('work')])).toEqual([]));

  it('runs beside a gate', () => {
    expect(found(lint, [...sound, gate('other')])).toEqual([
      { tasks: ['move', 'other'], message: 'move does not wait for other; have it need that, or put after it what can only be asked then' },
    ]);
  });

  it('waits for a gate also through a task that may be skipped: what comes after a skipped task waits for all before it', () => {
    expect(found(lint, [...changed('receipt', { needs: ['between'] }), { ...step('between', 'test'), skippable: true }])).toEqual([]);
  });

  it('has no receipt or no fence', () => {
    expect(found(lint, [gate('test'), cutOver('move', 'test')])).toEqual([
      { tasks: ['move'], message: 'no receipt comes before move; add the step that makes it, and need that' },
      { tasks: ['move'], message: 'no fence comes before move; add the step that makes it, and need that' },
    ]);
  });

  it('runs beside a second fence', () => {
    expect(found(lint, [...sound, fence('other')])).toEqual([expect.objectContaining({ tasks: ['move', 'other'] })]);
  });

  it('rests on a fence that may be skipped', () => {
    expect(found(lint, changed('fence', { skippable: true }))).toEqual([
      {
        tasks: ['fence', 'move'],
        message: 'fence may be skipped, and move would go on without the fence; declare the step as not skippable',
      },
    ]);
  });

  it('may rest on one that cannot be skipped after all, because somebody takes its output', () => {
    const tasks = changed('fence', { skippable: true }).map((task) =>
      task.id === 'move' ? { ...task, with: { epoch: '${fence.epoch}' } } : task,
    );
    expect(found(lint, tasks)).toEqual([]);
  });

  it('moves with a receipt that does not speak of a gate', () => {
    expect(found(lint, [...changed('fence', { needs: ['receipt', 'late'] }), gate('late')])).toEqual([
      { tasks: ['receipt', 'late'], message: 'receipt, with which move moves traffic, does not wait for late; have it need that' },
    ]);
  });

  it('need not wait for a gate of another system', () => {
    expect(found(lint, [...changed('move', { system: 'orders' }), { ...gate('other'), system: 'letters' }])).toEqual([]);
  });

  it('is found in a random plan exactly where a gate can still be open when everything the cut-over needs has ended', () => {
    const needs = fc.array(fc.nat(8), { maxLength: 2 });
    const plans = fc.tuple(
      fc.array(fc.record({ needs, isGate: fc.boolean(), skippable: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      needs,
    );
    fc.assert(
      fc.property(plans, ([drawn, last]) => {
        const earlier = (all: readonly number[], at: number) => [...new Set(all.filter((need) => need < at))].map((need) => `t${need}`);
        const before = drawn.map((one, at) => ({
          ...(one.isGate ? gate : step)(`t${at}`, ...earlier(one.needs, at)),
          skippable: one.skippable,
        }));
        const gates = before.filter(({ does }) => does === 'gate').map(({ id }) => id);
        const ends = before.map(({ id }) => id);
        const tasks = [...before, receipt('receipt', ...gates), fence('fence', 'receipt'), cutOver('move', 'fence')];
        // The receipt waits for them all: sound, however the rest is tied.
        if (found(lint, tasks).length > 0) return false;
        const loose = [...before, receipt('receipt', ...earlier(last, ends.length)), fence('fence', 'receipt'), cutOver('move', 'fence')];
        const ended = new Set<string>();
        for (const open = earlier(last, ends.length); open.length > 0;) {
          const id = open.pop()!;
          ended.add(id);
          open.push(...(before.find((task) => task.id === id)?.needs ?? []));
        }
        return found(lint, loose).length > 0 === gates.some((id) => !ended.has(id));
      }),
    );
  });
});
