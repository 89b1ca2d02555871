import type { z } from 'zod';
import { RecoveryError } from '../model/recovery-error.js';
import type { StepContext } from './define-step.js';
import { parseJson } from './parse-json.js';

/** The site recovered to, asked by its own name, past the failover pair. */
export const originOf = (ctx: StepContext): { host: string; port: number } => ({
  host: ctx.targets.site.originName,
  port: ctx.targets.site.listenerPort,
});

/**
 * GET of a JSON document of the web application.
 * @throws RecoveryError `transient` when no answer came or not the one expected: a site that is starting answers 502 and 503.
 */
export const getJson = async <T>(
  ctx: StepContext,
  place: { host: string; port: number },
  path: string,
  schema: z.ZodType<T>,
): Promise<T> => {
  const { status, body } = await ctx.network.https({ ...place, path });
  const where = `GET https://${place.host}:${place.port}${path}`;
  if (status !== 200) throw new RecoveryError('transient', `http-${status}`, `${where} answered ${status}: ${body.slice(0, 200)}`);
  const document = schema.safeParse(parseJson(body));
  if (document.success) return document.data;
  throw new RecoveryError('transient', 'unexpected-body', `${where} answered ${body.slice(0, 200)}`);
};
