import type { Catalog } from '../catalog.js';
import type { StackRecord } from '../records.js';
import type { Moment } from './moment.js';
import { remove } from './remove.js';

/** Removes what a stack has left over. A failure to do so leaves the resource behind and changes no outcome. */
export const removeLeftovers = (stack: StackRecord, catalog: Catalog, moment: Moment, finished: (moment: Moment) => void): void => {
  const { leftovers } = stack;
  stack.leftovers = [];
  remove({ stack, catalog, leftovers, listing: 'drop', finished: (_failed, now) => finished(now) }, moment);
};
