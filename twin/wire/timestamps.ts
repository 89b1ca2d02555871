import type { NormalizedSchema } from '@smithy/core/schema';
import { malformed } from './malformed.js';

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

const formatOfSchema: Readonly<Record<number, TimestampFormat>> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' };

const formatOf = (schema: NormalizedSchema, otherwise: TimestampFormat): TimestampFormat =>
  formatOfSchema[Number(schema.getSchema())] ?? otherwise;

/** A timestamp as text or number in the format that its schema names, or else in the protocol's own. */
export const writeTimestamp = (schema: NormalizedSchema, value: Date, otherwise: TimestampFormat): string | number => {
  switch (formatOf(schema, otherwise)) {
    case 'date-time':
      return value.toISOString().replace('.000Z', 'Z');
    case 'http-date':
      return value.toUTCString();
    case 'epoch-seconds':
      return value.getTime() / 1000;
  }
};

/** @throws AwsError 400 when it is not a moment. */
export const readTimestamp = (schema: NormalizedSchema, value: unknown, otherwise: TimestampFormat): Date => {
  const epoch = formatOf(schema, otherwise) === 'epoch-seconds' && value !== '' && Number.isFinite(Number(value));
  const moment = new Date(epoch ? Math.round(Number(value) * 1000) : String(value));
  if (Number.isNaN(moment.getTime())) throw malformed(`${String(value)} is not a timestamp`);
  return moment;
};
