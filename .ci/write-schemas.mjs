// Writes recovery/schema/*.json for editors from the zod schemas, and which resources of the default production hold data; tests fail while
// they are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { knownResourcesFile, statefulResourcesOf } from '../dist/lib/portability/known-resources.js';
import { judgedStacks } from '../dist/lib/portability/plugin.js';
import { production } from '../dist/lib/production.js';
import { readSettings } from '../dist/lib/read-settings.js';
import { jsonSchemas } from '../dist/recovery/planning/json-schemas.js';

mkdirSync('recovery/schema', { recursive: true });
for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(`recovery/schema/${file}`, text);

process.env.CDK_VALIDATION = 'false';
const settings = 'plans/ambassify/settings.yaml';
const app = new App({ context: JSON.parse(readFileSync('cdk.json', 'utf8')).context });
production(app, readSettings(settings));
const templates = new Map(app.synth().stacks.map(({ hierarchicalId, templateFullPath }) => [hierarchicalId, templateFullPath]));
writeFileSync(knownResourcesFile(settings), `${JSON.stringify(statefulResourcesOf(judgedStacks(app, templates)), null, 2)}\n`);
