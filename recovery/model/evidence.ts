import { z } from 'zod';

/** The answer to a claim. `unknown` never counts as yes. */
export const holdsSchema = z.union([z.boolean(), z.literal('unknown'), z.literal('does-not-apply')]);
export type Holds = z.infer<typeof holdsSchema>;

/** One claim about the world, what was expected, what was seen, when and where it was asked. */
export const evidenceSchema = z.strictObject({
  check: z.string(),
  claim: z.string(),
  holds: holdsSchema,
  expected: z.string(),
  observed: z.string(),
  at: z.string(),
  source: z.string(),
  data: z.record(z.string(), z.unknown()).optional().meta({ description: 'what was observed, for machines' }),
});
export type Evidence = z.infer<typeof evidenceSchema>;
