// Prints what cdk-nag finds in every stage of production: AWS Solutions has to be clean (exit 1 if not), HIPAA and NIST 800-53 are reported.
// node .ci/nag.mjs [SETTINGS]
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';

process.env.CDK_VALIDATION = 'false';
const { production } = await import('../dist/lib/production.js');
const { acknowledgements, nagFindings, stagesOf } = await import('../dist/lib/nag-findings.js');
const { readSettings } = await import('../dist/lib/read-settings.js');
const app = new App({ context: JSON.parse(readFileSync('cdk.json', 'utf8')).context });
production(app, readSettings(process.argv[2] ?? 'plans/ambassify/settings.yaml'));
app.synth();

const stages = stagesOf(app);
const inStage =
  (stage) =>
  ({ path }) =>
    path.startsWith(`${stage}/`);
const packs = nagFindings(app);
console.log(`${'findings not acknowledged'.padEnd(28)}${stages.map((stage) => stage.padStart(12)).join('')}`);
for (const { pack, findings } of packs)
  console.log(`${pack.padEnd(28)}${stages.map((stage) => String(findings.filter(inStage(stage)).length).padStart(12)).join('')}`);

for (const { pack, findings } of packs) {
  if (findings.length === 0) continue;
  console.log(`\n${pack}`);
  const rules = grouped(findings);
  for (const [rule, found] of rules) {
    console.log(`  ${rule}: ${found[0].message}`);
    for (const { path } of found) console.log(`    ${path}`);
  }
}

console.log('\nacknowledged, and why');
for (const { path, rule, reason } of acknowledgements(app).filter(({ rule }) => rule.startsWith('AwsSolutions')))
  console.log(`  ${rule}  ${path}\n    ${reason}`);
process.exitCode = packs[0].findings.length === 0 ? 0 : 1;

function grouped(findings) {
  const groups = new Map();
  for (const one of findings) groups.set(one.rule, [...(groups.get(one.rule) ?? []), one]);
  return groups;
}
