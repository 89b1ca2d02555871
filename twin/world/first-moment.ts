const hour = 3_600_000;
const day = 24 * hour;

/**
 * When a world begins: the next 02:00:00Z that is at least an hour ahead of the real clock.
 * Ahead, because the CDK CLI drops stack events that are older than its own clock.
 */
export const firstMoment = (realNow = Date.now()): number => {
  const earliest = realNow + hour;
  const two = Math.floor(earliest / day) * day + 2 * hour;
  return two >= earliest ? two : two + day;
};
