// Writes recovery/schema/*.json for editors from the zod schemas, which resources of the default production hold data, and what the teams
// of the default plan may call; tests fail while they are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { knownResourcesFile, statefulResourcesOf } from '../dist/lib/portability/known-resources.js';
import { judgedStacks } from '../dist/lib/portability/plugin.js';
import { production } from '../dist/lib/production.js';
import { readSettings } from '../dist/lib/read-settings.js';
import { planFiles } from '../dist/recovery/adapters/plan-files.js';
import { checks } from '../dist/recovery/checks/index.js';
import { orchestratorActions } from '../dist/recovery/cli/orchestrator-actions.js';
import { jsonSchemas } from '../dist/recovery/planning/json-schemas.js';
import { loadPlan } from '../dist/recovery/planning/load-plan.js';
import { recoveryActions } from '../dist/recovery/planning/recovery-actions.js';
import { steps } from '../dist/recovery/steps/index.js';

mkdirSync('recovery/schema', { recursive: true });
for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(`recovery/schema/${file}`, text);

const work = { steps, checks };
const documents = loadPlan('plans/ambassify', 'failover', planFiles('plans/ambassify'), work);
const actions = recoveryActions(documents, work, orchestratorActions);
writeFileSync('lib/contract/recovery-actions.json', `${JSON.stringify(actions, null, 2)}\n`);

process.env.CDK_VALIDATION = 'false';
const settings = 'plans/ambassify/settings.yaml';
const app = new App({ context: JSON.parse(readFileSync('cdk.json', 'utf8')).context });
production(app, readSettings(settings));
const templates = new Map(app.synth().stacks.map(({ hierarchicalId, templateFullPath }) => [hierarchicalId, templateFullPath]));
writeFileSync(knownResourcesFile(settings), `${JSON.stringify(statefulResourcesOf(judgedStacks(app, templates)), null, 2)}\n`);
