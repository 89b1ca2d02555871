import type { Context } from '../world/context.js';
import { partitionWide } from '../world/state.js';

const issued = partitionWide('ids.issued', () => new Map<string, number>());

export const hexadecimal = '0123456789abcdef';
export const upperAlphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export const mixedAlphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` seeded characters of `alphabet`; counted per `label`, account and region, so that ids elsewhere do not change it and none repeats. */
export const freshId = (ctx: Context, label: string, length: number, alphabet = hexadecimal): string => {
  const counters = ctx.state(issued);
  const name = `${label}/${ctx.account}/${ctx.region}`;
  const order = counters.get(name) ?? 0;
  counters.set(name, order + 1);
  const chance = ctx.chance.stream(`${name}/${order}`);
  return Array.from({ length }, () => alphabet[chance.whole(0, alphabet.length - 1)]).join('');
};

/** A seeded UUID. */
export const freshUuid = (ctx: Context, label: string): string => {
  const digits = freshId(ctx, label, 32);
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20)].join('-');
};
