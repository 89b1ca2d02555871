import { z } from 'zod';

/** One deployment of production. Names are stable and never roles: a run has `from` and `to`. */
export const siteSchema = z.strictObject({ name: z.string(), provider: z.literal('aws'), region: z.string(), account: z.string() });
export type Site = z.infer<typeof siteSchema>;
