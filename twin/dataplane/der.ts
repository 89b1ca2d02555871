/** The few forms of ASN.1 DER (X.690) that a certificate is made of. */
const lengthOf = (length: number): number[] => {
  if (length < 128) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return [0x80 | bytes.length, ...bytes];
};
const tagged = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
};

export const sequence = (...members: readonly Uint8Array[]): Buffer => tagged(0x30, ...members);
export const setOf = (...members: readonly Uint8Array[]): Buffer => tagged(0x31, ...members);
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content);
export const truth = Buffer.from([0x01, 0x01, 0xff]);
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value));
/** `[number]` around a whole value (explicit), or in place of a value's own tag (implicit). */
export const explicit = (number: number, content: Uint8Array): Buffer => tagged(0xa0 | number, content);
export const implicit = (number: number, content: Uint8Array): Buffer => tagged(0x80 | number, content);
/** A positive number, big-endian. */
export const integer = (bytes: Uint8Array): Buffer => tagged(0x02, bytes[0]! & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);
export const bits = (content: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), content);

export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] => (value < 128 ? [value] : [...base128(value >>> 7).map((each) => each | 0x80), value & 0x7f]);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
export const time = (at: Date): Buffer => {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
};
