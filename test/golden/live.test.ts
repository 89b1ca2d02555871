import { describe, expect, it } from '@jest/globals';
import { taskFrame, type FrameFacts } from '../../recovery/cli/task-frame.js';
import { fold } from '../../recovery/engine/fold.js';
import { later } from '../../recovery/model/time.js';
import { expectGolden } from '../helpers/golden.js';
import { entriesOf, opening, plan, recovers, smokeFails } from '../helpers/sample-run.js';

const frame = (changes: Partial<FrameFacts>, ...parts: Parameters<typeof entriesOf>[0][]): string => {
  const entries = entriesOf(parts.flat());
  const startedAt = entries[0]?.at ?? '';
  const facts = { plan, state: fold(entries), startedAt, now: later(startedAt, 650), looks: new Map([['smoke', 'web: 503']]) };
  const lines = taskFrame({ ...facts, columns: 90, rows: 24, paint: (_colour, text) => text, ...changes });
  return `${lines.join('\n')}\n`;
};

describe('the live task list', () => {
  it('shows clocks, what runs and since when, who is waited for and what comes next', () => {
    expectGolden('cli/live-running.txt', frame({}, opening.slice(0, -2), opening.slice(-1)));
  });

  it('shows what failed, and what was recovered', () => {
    expectGolden('cli/live-held.txt', frame({}, opening, smokeFails));
    expectGolden('cli/live-recovered.txt', frame({}, opening, recovers));
  });

  it('shows what is taken back', () => {
    const undoing: Parameters<typeof entriesOf>[0] = [
      [35, { kind: 'decided', task: 'smoke', decision: 'undo', by: 'cto', reason: 'another day' }],
      [36, { kind: 'undo-started', task: 'smoke', attempt: 1 }],
      [36, { kind: 'undone', task: 'smoke', attempt: 1, left: [] }],
      [37, { kind: 'undo-started', task: 'choose', attempt: 1 }],
    ];
    const text = frame({ now: '2030-01-01T02:38:00.000Z' }, opening, smokeFails, undoing);
    expect(text).toMatch(/◀ choose {2}undoing for 1:00/);
    expect(text).toMatch(/◁ smoke {3}undone/);
  });

  it('fits a small terminal: no line too long, no more lines than there are, and what is under way is always there', () => {
    for (const rows of [8, 9, 10, 12])
      for (const columns of [30, 50, 80]) {
        const lines = frame({ rows, columns }, opening).trimEnd().split('\n');
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(lines.slice(3).filter((line) => line.length > columns)).toEqual([]);
        expect(lines.join('\n')).toContain('▶ smoke');
      }
  });

  it('makes the lines of what is shown, and of nothing else, of ten thousand tasks', () => {
    const many = { ...plan, tasks: Array.from({ length: 10_000 }, (_, at) => ({ ...plan.tasks[0]!, id: `task-${at}` })) };
    let painted = 0;
    const lines = frame({ plan: many, paint: (_colour, text) => (painted++, text) }, opening).trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/· \d+ more wait/);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(painted).toBeLessThanOrEqual(2 * 24 + 10);
  });

  it('paints only where it is told to', () => {
    const painted = frame({ paint: (colour, text) => `<${colour}>${text}</${colour}>` }, opening, smokeFails);
    expect(painted).toContain('<red>✖</red> smoke');
    expect(painted).toContain('<cyan>REHEARSAL</cyan>');
  });
});
