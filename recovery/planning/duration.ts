import { RecoveryError } from '../model/recovery-error.js';

/** ISO 8601 without years and months, which have no fixed length; at most four digits a unit, so that no moment lies beyond a calendar's end. */
export const durationPattern =
  /^P(?=\d|T\d)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,4}(?:\.\d{1,3})?)S)?)?$/;

/** Seconds of an ISO 8601 duration. */
export const durationSeconds = (text: string): number => {
  const match = durationPattern.exec(text);
  if (!match)
    throw new RecoveryError(
      'invalid',
      'invalid-duration',
      `${text} is not a duration of weeks, days, hours, minutes and seconds; write it as PT24H or P1DT30M`,
    );
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
};
