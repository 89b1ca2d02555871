/**
 * Whether this site may write.
 *
 * 1. Read-only until a look at the epoch shows this site as its writer.
 * 2. A look gives a lease from the moment the look was *sent*, so that a slow answer never lengthens it.
 * 3. A look that shows another writer, no epoch, or an epoch older than one seen before ends the lease at once.
 * 4. A look that fails leaves the lease to run out.
 * Looks happen when somebody wants to write, never by timer: whoever does not write needs no lease.
 */
export const createFence = ({ site, leaseSeconds, claimFirstEpoch, witness, now = Date.now }) => {
  let lease;
  let highest = 0;
  let reason = 'the epoch has not been read yet';
  let looking;

  const refuse = (why) => {
    lease = undefined;
    reason = why;
  };
  const take = (record, sentAt) => {
    if (!record) return refuse('no epoch has been set');
    if (record.epoch < highest) return refuse(`epoch ${record.epoch} is older than ${highest}, seen before`);
    highest = record.epoch;
    if (record.writer !== site) return refuse(`epoch ${record.epoch} belongs to ${record.writer ?? 'nobody'}`);
    lease = { epoch: record.epoch, renewFrom: sentAt + leaseSeconds * 500, until: sentAt + leaseSeconds * 1000 };
  };
  const look = async () => {
    const sentAt = now();
    try {
      const found = await witness.read();
      take(found ?? (claimFirstEpoch ? await witness.claim({ epoch: 1, writer: site, raisedBy: 'deploy' }) : undefined), sentAt);
    } catch (error) {
      reason = `the witness cannot be read: ${error.message}`;
    }
  };
  const holds = () => {
    if (lease && now() < lease.until) return { writable: true, epoch: lease.epoch };
    return { writable: false, epoch: highest || null, reason: lease ? `the lease on epoch ${lease.epoch} has expired; ${reason}` : reason };
  };
  return {
    /** What stands now, without asking anyone. */
    holds,
    /** Looks at the epoch when there is no lease or half of it is gone, then says what stands. */
    ask: async () => {
      if (!lease || now() >= lease.renewFrom) {
        looking ??= look().finally(() => (looking = undefined));
        await looking;
      }
      return holds();
    },
  };
};
