const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekSeconds = 7 * 86_400;

/** Seconds from `now` (milliseconds since the epoch) to the next beginning of a weekly window such as `sun:04:00-sun:04:30`. */
export const untilMaintenanceWindow = (window: string, now: number): number => {
  const [, day = 'sun', hour = '0', minute = '0'] = /^([a-z]{3}):(\d\d):(\d\d)-/.exec(window.toLowerCase()) ?? [];
  // The epoch was a Thursday.
  const inWeek = (now / 1000 + 4 * 86_400) % weekSeconds;
  const begins = days.indexOf(day) * 86_400 + Number(hour) * 3600 + Number(minute) * 60;
  return (begins - inWeek + weekSeconds) % weekSeconds || weekSeconds;
};

/** Seconds from `now` (milliseconds since the epoch) to the next beginning of a daily window such as `03:00-03:30`. */
export const untilBackupWindow = (window: string, now: number): number => {
  const [, hour = '0', minute = '0'] = /^(\d\d):(\d\d)-/.exec(window) ?? [];
  const inDay = (now / 1000) % 86_400;
  return (Number(hour) * 3600 + Number(minute) * 60 - inDay + 86_400) % 86_400 || 86_400;
};
