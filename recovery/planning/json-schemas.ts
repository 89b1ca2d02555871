import { z } from 'zod';
import { settingsSchema } from '../../lib/contract/settings.js';
import { contingencyPlanSchema, runbookSchema } from './schemas.js';

/** JSON Schema for editors, by file name under recovery/schema; `npm run schema` writes them. */
export const jsonSchemas = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ settings: settingsSchema, 'contingency-plan': contingencyPlanSchema, runbook: runbookSchema }).map(
      ([name, schema]) => [`${name}.json`, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), null, 2)}\n`],
    ),
  );
