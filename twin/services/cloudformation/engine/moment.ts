import type { Context } from '../../../world/context.js';

/** A point inside a stack operation. */
export interface Moment {
  readonly ctx: Context;
  /** World seconds since the operation began, also when its events run early. */
  readonly seconds: number;
  /** False once what this moment belongs to was given up: its later events then do nothing. */
  readonly isLive: () => boolean;
}

/** Runs `event` `seconds` after `moment`, if it still matters then. */
export const later = (moment: Moment, seconds: number, what: string, event: (moment: Moment) => void | Promise<void>): void => {
  moment.ctx.after(seconds, `cloudformation: ${what}`, (ctx) => {
    const next = { ...moment, ctx, seconds: moment.seconds + seconds };
    return next.isLive() ? event(next) : undefined;
  });
};

/** World seconds between two questions about a resource on its way. */
const askEvery = 5;

/** Asks until there is an answer; after `limit` seconds the answer is `undefined`. */
export const askUntil = <Answer>(
  moment: Moment,
  what: string,
  limit: number,
  ask: (moment: Moment) => Promise<Answer | undefined>,
  answered: (answer: Answer | undefined, moment: Moment) => void,
): void => {
  const until = moment.seconds + limit;
  const again = async (now: Moment): Promise<void> => {
    const answer = await ask(now);
    if (!now.isLive()) return;
    if (answer !== undefined || now.seconds >= until) answered(answer, now);
    else later(now, askEvery, what, again);
  };
  later(moment, moment.ctx.takes('cloudformation.resource'), what, again);
};
