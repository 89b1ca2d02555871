/** DynamoDB's numbers: decimal, 38 significant digits, magnitudes from 1E-130 to 9.99…E+125 (API reference, "Number"). */
import { validation } from './errors.js';

/** digits × 10^exponent, without trailing zeros in the digits. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const mostDigits = 38;

const parse = (text: string): Decimal => {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') {
    throw validation(
      text.trim() === ''
        ? 'The parameter cannot be converted to a numeric value'
        : `The parameter cannot be converted to a numeric value: ${text}`,
    );
  }
  return trimmed({ digits: BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n), exponent: Number(exponent) - fraction.length });
};

const trimmed = ({ digits, exponent }: Decimal): Decimal => {
  if (digits === 0n) return { digits: 0n, exponent: 0 };
  const zeros = /0*$/.exec(digits.toString())![0].length;
  return zeros === 0 ? { digits, exponent } : { digits: digits / 10n ** BigInt(zeros), exponent: exponent + zeros };
};

const magnitudeText = (digits: bigint): string => (digits < 0n ? -digits : digits).toString();

/** @throws AwsError for what 38 digits or the range do not hold. */
const checked = (decimal: Decimal): Decimal => {
  const length = magnitudeText(decimal.digits).length;
  if (length > mostDigits) throw validation('Attempting to store more than 38 significant digits in a Number');
  const magnitude = length - 1 + decimal.exponent;
  if (decimal.digits !== 0n && magnitude > 125) {
    throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (decimal.digits !== 0n && magnitude < -130) {
    throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return decimal;
};

/** As DynamoDB gives numbers back: no exponent, no leading or trailing zeros. */
const format = ({ digits, exponent }: Decimal): string => {
  const sign = digits < 0n ? '-' : '';
  const text = magnitudeText(digits);
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
};

/** @throws AwsError ValidationException for text that is no number, or one that does not fit. */
export const canonicalNumber = (text: string): string => format(checked(parse(text)));

const aligned = (one: Decimal, other: Decimal): { left: bigint; right: bigint; exponent: number } => {
  const exponent = Math.min(one.exponent, other.exponent);
  const scaled = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  return { left: scaled(one), right: scaled(other), exponent };
};

export const compareNumbers = (one: string, other: string): number => {
  const { left, right } = aligned(parse(one), parse(other));
  return left < right ? -1 : left > right ? 1 : 0;
};

/** @throws AwsError when the sum needs more digits than a number has. */
export const addNumbers = (one: string, other: string): string => {
  const { left, right, exponent } = aligned(parse(one), parse(other));
  return format(checked(trimmed({ digits: left + right, exponent })));
};

export const negated = (text: string): string => format(trimmed({ ...parse(text), digits: -parse(text).digits }));
