import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../../recovery/adapters/file-journal.js';
import { htmlReport } from '../../../recovery/report/html-report.js';
import { verifyCommand } from '../../../recovery/report/page-journal.js';
import { htmlStructure } from '../../helpers/html-structure.js';
import { entriesOf, evidenceOf, opening, pageOf, plan, recovers, reportOf, smokeFails, type At } from '../../helpers/sample-run.js';

const waived: readonly At[] = [
  [
    40,
    {
      kind: 'decided',
      task: 'smoke',
      decision: 'waive',
      by: 'cto',
      reason: 'known fault of the test',
      expiresAt: '2030-01-02T02:00:00.000Z',
    },
  ],
];
const runs: Readonly<Record<string, readonly At[]>> = {
  recovered: [...opening, ...recovers],
  held: [...opening, ...smokeFails],
  waived: [...opening, ...smokeFails, ...waived],
  'just opened': opening.slice(0, 1),
};

describe('the page of a run', () => {
  it.each(Object.entries(runs))(
    'has every tag closed, ids once, headings in order, and asks the network for nothing: %s',
    (_name, happenings) => {
      const { faults, ids, attributes, tags } = htmlStructure(pageOf(happenings));
      expect(faults).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(attributes.filter((one) => / (?:src|srcset|href|xlink:href|action|background|poster|data|on[a-z]+)=/i.test(one))).toEqual([]);
      expect(tags.filter((tag) => ['script', 'link', 'img', 'iframe', 'object', 'embed', 'base', 'form', 'a'].includes(tag))).toEqual([]);
      expect(tags.filter((tag) => ['header', 'main', 'footer', 'h1'].includes(tag))).toEqual(['header', 'h1', 'main', 'footer']);
      expect(pageOf(happenings)).not.toMatch(/@import|url\(|expression\(/);
    },
  );

  it('names what labels its sections, and says of every table what it is and what its columns are', () => {
    const { ids, attributes, tags } = htmlStructure(pageOf(runs['recovered']!));
    const labels = attributes.flatMap((one) => /aria-labelledby=(.*)/.exec(one)?.[1] ?? []);
    expect(labels.length).toBeGreaterThan(6);
    expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
    const tables = tags.filter((tag) => tag === 'table').length;
    expect(tags.filter((tag) => tag === 'caption')).toHaveLength(tables);
    expect(attributes.filter((one) => one === 'th scope=col').length).toBeGreaterThan(tables);
  });

  it('is made of plan and journal alone: the same bytes again', () => {
    expect(pageOf(runs['recovered']!)).toBe(pageOf(runs['recovered']!));
    expect(pageOf(runs['recovered']!)).not.toContain(process.cwd());
  });

  it('shows hostile text as text, whoever wrote it', () => {
    const hostile = `</td><script>alert(1)</script><img src=x onerror=alert(2)>"'&amp;]]>\u202e\u0000`;
    const spoil = <T>(value: T): T =>
      (typeof value === 'string'
        ? /^\d{4}-|^[a-z]+(-[a-z]+)*$|^\$/.test(value)
          ? value
          : hostile
        : Array.isArray(value)
          ? value.map(spoil)
          : value !== null && typeof value === 'object'
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one)]))
            : value) as T;
    const entries = entriesOf([
      ...opening,
      ...smokeFails,
      [41, { kind: 'decided', task: 'smoke', decision: 'waive', by: hostile, reason: hostile, expiresAt: hostile }],
      [42, { kind: 'acknowledged', task: 'tell', by: hostile, note: hostile, source: hostile }],
      [43, { kind: 'resumed', notice: hostile }],
    ]).map(spoil);
    const report = spoil({ ...reportOf(opening, smokeFails), notProven: [hostile], left: [hostile] });
    const spoiltPlan = { ...spoil(plan), title: hostile, tasks: plan.tasks.map((task) => ({ ...task, title: hostile, team: hostile })) };
    const page = htmlReport({ plan: spoiltPlan, entries, report });
    const { faults, tags, attributes } = htmlStructure(page);
    expect(faults).toEqual([]);
    expect(tags.filter((tag) => ['script', 'img'].includes(tag))).toEqual([]);
    expect(attributes.filter((one) => /onerror/.test(one.split('=')[0] ?? ''))).toEqual([]);
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(10);
    expect(['\u202e', '\u0000'].filter((unseen) => page.includes(unseen))).toEqual([]);
    // The running head is a CSS string: nothing in it can end it.
    expect(page).toMatch(/@top-left\{content:"[\w .,:-]*alert[\w .,:-]*";font/);
  });

  it('says in words what colours say, and marks a rehearsal as one', () => {
    const { text } = htmlStructure(pageOf(runs['held']!));
    expect(text).toContain('Rehearsal.');
    expect(text).toContain('‖ Held');
    expect(text).toContain('✕ no');
    expect(text).toContain('Held at smoke:');
    expect(htmlStructure(pageOf(runs['recovered']!)).text).toContain('✓ met');
  });

  it('shows a waived gate as waived, with who, why and until when', () => {
    const { text } = htmlStructure(pageOf(runs['waived']!));
    expect(text).toMatch(/✕ no\s+waived/);
    expect(text).toContain('1 gate waived');
    expect(text).toContain('known fault of the test');
    expect(htmlStructure(pageOf(runs['held']!)).text).not.toMatch(/✕ no\s+waived/);
  });

  it('marks the moments that count, and every try at a task', () => {
    const again: readonly At[] = [
      [32, { kind: 'decided', task: 'smoke', decision: 'retry', by: 'cto', reason: 'mended' }],
      [32, { kind: 'started', task: 'smoke', attempt: 2 }],
      [33, { kind: 'verified', task: 'smoke', attempt: 2, evidence: [evidenceOf('web.answers-from-site', true)] }],
      ...recovers.slice(1),
    ];
    const page = pageOf([...opening, ...smokeFails, ...again]);
    for (const moment of ['disruption', 'detection', 'activation', 'point of no return', 'cut-over', 'served again'])
      expect(page).toContain(moment);
    expect(page.match(/class="try failed"/g)).toHaveLength(2);
    expect(page).toContain('smoke, try 2');
  });
});

describe('the command that verifies a journal without us', () => {
  const folder = mkdtempSync(join(tmpdir(), "o'journal-"));
  const file = join(folder, 'journal.jsonl');
  const verify = (): string =>
    execFileSync('/bin/sh', ['-c', verifyCommand(file)], { stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();

  it('prints the head hash, and names the entry that somebody changed', async () => {
    const journal = await openFileJournal(file);
    const happenings = [...opening, ...recovers].map(([, happening]) => happening);
    const head = (await journal.append(happenings, '2030-01-01T02:00:00.000Z', 0)).at(-1)?.hash;
    await journal.close();
    expect(verify()).toBe(head);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('"note":"told"');
    writeFileSync(file, text.replace('"note":"told"', '"note":"sold"'));
    expect(verify).toThrow('broken at entry 8');
    rmSync(folder, { recursive: true });
  });
});
