// Writes recovery/schema/*.json for editors from the zod schemas; a test fails while they are stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from '../dist/recovery/planning/json-schemas.js';

mkdirSync('recovery/schema', { recursive: true });
for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(`recovery/schema/${file}`, text);
