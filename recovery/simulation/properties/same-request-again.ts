import type { Property } from './property.js';

const tokens = ['IdempotencyToken', 'ClientToken', 'ClientRequestToken'];

export const sameRequestAgain: Property = {
  name: 'same-request-again',
  claim: 'one attempt asks for one thing under one token, however often it is resumed; another attempt under another',
  judge: ({ calls }) => {
    const used = new Map<string, string>();
    const by = new Map<string, string>();
    for (const { changes, task, attempt, operation, input } of calls) {
      const name = tokens.find((one) => typeof input[one] === 'string');
      if (!changes || name === undefined) continue;
      const what = `${operation} of ${task}, attempt ${attempt}`;
      const token = input[name] as string;
      const before = used.get(what) ?? token;
      if (before !== token) return `${what} was asked for under ${before}, and again under ${token}`;
      const other = by.get(`${operation}/${token}`) ?? what;
      if (other !== what) return `${what} and ${other} were asked for under one token`;
      used.set(what, token);
      by.set(`${operation}/${token}`, what);
    }
    return undefined;
  },
};
