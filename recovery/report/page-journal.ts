import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import { facts, section } from './table.js';

/** Recomputes a journal's chain with nothing of ours; prints the head hash, or the first entry that breaks it. */
export const verifyCommand = (file: string): string =>
  `node -e 'const c=require("crypto"),s=v=>JSON.stringify(v,(k,o)=>o&&typeof o==="object"&&!Array.isArray(o)?Object.fromEntries(Object.entries(o).sort(([a],[b])=>a<b?-1:1)):o);` +
  `let p="0".repeat(64);for(const l of require("fs").readFileSync(process.argv[1],"utf8").trimEnd().split("\\n")){const{hash,...e}=JSON.parse(l);` +
  `if(e.previousHash!==p||c.createHash("sha256").update(s(e)).digest("hex")!==hash)throw Error("broken at entry "+e.sequence);p=hash}console.log(p)' '${file.replaceAll("'", "'\\''")}'`;

/** What this page can be held against. */
export const journal = ({ plan, report, entries }: PageContext): Html =>
  section(
    'journal',
    'Where this comes from',
    html`<p>
      This page is made of the plan and of the journal of the run, and of nothing else: whoever has both makes the same page. Each entry of
      the journal carries the SHA-256 of itself and of the entry before it, so the last hash stands for all of them: keep it where the
      journal is not.
    </p> `,
    facts([
      ['Head of the journal', html`<code>${entries.at(-1)?.hash}</code>, entry ${entries.length}`],
      ['Plan', html`<code>${report.plan}</code>`],
      ['Plan of', `${plan.title} (${plan.organisation})`],
      ['Journal', html`<code>${report.journal}</code>`],
    ]),
    html`<h3>How to verify it</h3>
      <p>With altsite, which refuses a journal whose chain is broken: <code>altsite report ${report.run}</code></p>
      <p>Without it, with Node alone; it prints the head hash, which must be the one above:</p>
      <pre><code>${verifyCommand('journal.jsonl')}</code></pre> `,
  );
