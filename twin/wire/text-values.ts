import { NumericValue } from '@smithy/core/serde';
import type { NormalizedSchema } from '@smithy/core/schema';
import { malformed } from './malformed.js';
import { readTimestamp, writeTimestamp, type TimestampFormat } from './timestamps.js';

/** Reads a simple value out of text: a form field, an XML element, a header, a label of the path. */
export const readText = (schema: NormalizedSchema, text: string, timestamps: TimestampFormat): unknown => {
  if (schema.isTimestampSchema()) return readTimestamp(schema, text, timestamps);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  if (schema.isBooleanSchema()) return readBoolean(text);
  if (schema.isBigIntegerSchema()) return BigInt(text);
  if (schema.isBigDecimalSchema()) return new NumericValue(text, 'bigDecimal');
  if (schema.isNumericSchema()) return readNumber(text);
  return text;
};

/** Writes a simple value as text. */
export const writeText = (schema: NormalizedSchema, value: unknown, timestamps: TimestampFormat): string => {
  if (value instanceof Date) return String(writeTimestamp(schema, value, timestamps));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof NumericValue) return value.string;
  return String(value);
};

const readBoolean = (text: string): boolean => {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw malformed(`${text} is neither true nor false`);
  return lower === 'true';
};

const readNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw malformed(`${text} is not a number`);
  return value;
};
