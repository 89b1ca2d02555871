import { z } from 'zod';

/** What the web application answers: the routes and fields that a recovery relies on. Others are allowed. */
export const infoSchema = z.object({
  site: z.string(),
  epoch: z.number().nullable(),
  writable: z.boolean(),
  reason: z.string().optional(),
  database: z.string(),
  engineVersion: z.string().optional(),
});
export const sqlCheckSchema = z.object({ read: z.boolean(), write: z.boolean(), rows: z.int().min(0), engineVersion: z.string() });
export const countSchema = z.object({ count: z.int().min(0) });
export const canarySchema = z.object({ token: z.string() });
