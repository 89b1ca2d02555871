import type { TwinDescription } from '../doors/twin-description.js';
import type { Service } from '../services/service.js';

export interface Started {
  readonly description: TwinDescription;
  readonly services: readonly Service[];
  /** World time, milliseconds since the epoch. */
  readonly begunAt: number;
  readonly speed: number;
  readonly seed: string;
}

/** What is inside and where to find it, for who has just started a twin. */
export const startText = ({ description, services, begunAt, speed, seed }: Started): string => {
  const { url, dns, resolver, overHoldingResolver } = description;
  const operations = services.reduce((sum, one) => sum + Object.keys(one.operations).length, 0);
  const regional = services.filter(({ reach }) => reach === 'regional').length;
  const pace = speed === 0 ? 'stands still until somebody sleeps' : `${speed} world seconds a second while nobody owns the clock`;
  return [
    `twin     ${services.length} services (${regional} in every region, ${services.length - regional} global), ${operations} operations; seed ${seed}`,
    `clock    ${new Date(begunAt).toISOString()}, ${pace}`,
    `AWS      ${url}`,
    `DNS      ${dns}; resolver ${resolver}, one that over-holds ${overHoldingResolver}`,
    'what is in it: altsite twin summary; Ctrl-C ends it',
  ].join('\n');
};
