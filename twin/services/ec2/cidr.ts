/** A block of IPv4 addresses; `first` is a number from 0 to 2^32 - 1. */
export interface Cidr {
  readonly first: number;
  readonly bits: number;
}

export const sizeOf = ({ bits }: Cidr): number => 2 ** (32 - bits);

/** The block a text names, its host bits cleared as EC2 does; undefined if it is none. */
export const parseCidr = (text: string): Cidr | undefined => {
  const [, a, b, c, d, length] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
  const octets = [a, b, c, d].map(Number);
  const bits = Number(length);
  if (length === undefined || bits > 32 || octets.some((octet) => octet > 255)) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: address - (address % 2 ** (32 - bits)), bits };
};

export const addressText = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
export const cidrText = (block: Cidr): string => `${addressText(block.first)}/${block.bits}`;

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
export const overlap = (one: Cidr, other: Cidr): boolean =>
  one.first < other.first + sizeOf(other) && other.first < one.first + sizeOf(one);
