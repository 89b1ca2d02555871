import type { Service } from './service.js';

/** Every AWS service the twin has. */
export const services: readonly Service[] = [];
