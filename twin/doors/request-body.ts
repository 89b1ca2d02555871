/** A request to the twin itself that makes no sense. */
export class BadRequest extends Error {}

/** What a member of a body, or of a query, has to be. @throws BadRequest */
export const text = (body: Record<string, unknown>, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new BadRequest(`${name} is missing: it has to be text`);
  return value;
};
export const number = (body: Record<string, unknown>, name: string): number => {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new BadRequest(`${name} has to be a number, not ${JSON.stringify(value)}`);
  return value;
};
export const object = (body: Record<string, unknown>, name: string): Record<string, unknown> => {
  const value = body[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadRequest(`${name} has to be an object, not ${JSON.stringify(value)}`);
  return value as Record<string, unknown>;
};
export const whole = (given: string, name: string): number => {
  if (!/^\d+$/.test(given)) throw new BadRequest(`${name} has to be a whole number, not ${given}`);
  return Number(given);
};
/** `until` is an instant in milliseconds since the epoch or ISO 8601; `seconds` counts from now. */
export const wakeAt = (body: Record<string, unknown>, now: number): number => {
  if (body.until === undefined) return now + number(body, 'seconds') * 1000;
  const instant = typeof body.until === 'string' ? Date.parse(body.until) : number(body, 'until');
  if (Number.isNaN(instant)) throw new BadRequest(`until has to be an instant, not ${JSON.stringify(body.until)}`);
  return instant;
};
