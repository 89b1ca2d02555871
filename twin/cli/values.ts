/** Values of options, as people write them. Each throws Invalid, with the value and how to write it instead. */
import { Invalid } from './invalid.js';

export const portNumber = (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) > 65535) throw new Invalid(`${text} is not a port`, 'give a whole number up to 65535');
  return Number(text);
};

export const speedFactor = (text: string): number => {
  const factor = Number(text);
  if (!Number.isFinite(factor) || factor < 0 || text.trim() === '') throw new Invalid(`${text} is not a speed`, 'give a number, 0 or more');
  return factor;
};

/** Milliseconds since the epoch. */
export const moment = (text: string): number => {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw new Invalid(`${text} is not an instant`, 'give one as 2030-01-01T02:00:00Z');
  return parsed;
};

/** Seconds. */
export const seconds = (text: string): number => {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (count === undefined) throw new Invalid(`${text} is not a duration`, 'give one as 90s, 30m or 2h');
  return Number(count) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
};

export const jsonObject = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Invalid(`${text} is not a JSON object`, 'give one as {"service":"rds"}');
};
