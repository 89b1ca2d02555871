import { z } from 'zod';

/** A gate that did not hold, and that the authority let pass for a time. */
export const waiverSchema = z.strictObject({
  task: z.string(),
  checks: z.array(z.string()).min(1).meta({ description: 'the claims of the gate that did not hold' }),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
  expiresAt: z.string(),
});
export type Waiver = z.infer<typeof waiverSchema>;

/** Proof that this very site passed its gates. DNS moves only with one. */
export const receiptSchema = z.strictObject({
  run: z.string(),
  site: z.string(),
  region: z.string(),
  stackDigest: z.string().meta({ description: 'SHA-256 of the service stack as deployed' }),
  recoveryPointArn: z.string(),
  suiteHash: z.string().meta({ description: 'SHA-256 of the claims that were asked' }),
  gates: z.array(z.string()).min(1).meta({ description: 'the claims that held' }),
  waived: z.array(waiverSchema).meta({ description: 'the gates that did not, and who let them pass' }),
  issuedAt: z.string(),
  expiresAt: z.string(),
});
export type Receipt = z.infer<typeof receiptSchema>;
