import { z } from 'zod';

/** Proof that this very site passed its gates. DNS moves only with one. */
export const receiptSchema = z.strictObject({
  run: z.string(),
  site: z.string(),
  region: z.string(),
  stackDigest: z.string().meta({ description: 'SHA-256 of the service stack as deployed' }),
  recoveryPointArn: z.string(),
  suiteHash: z.string().meta({ description: 'SHA-256 of the claims that were asked' }),
  gates: z.array(z.string()).min(1),
  issuedAt: z.string(),
  expiresAt: z.string(),
});
export type Receipt = z.infer<typeof receiptSchema>;
