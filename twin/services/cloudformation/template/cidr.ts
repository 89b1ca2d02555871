import { notModelled, validationError } from '../errors.js';

const toNumber = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** `Fn::Cidr`: the first `count` blocks with `bits` host bits each inside an IPv4 block. */
export const cidrBlocks = (block: string, count: number, bits: number): readonly string[] => {
  if (block.includes(':')) throw notModelled('Fn::Cidr of an IPv6 block');
  const [address, prefix] = block.split('/');
  const size = 2 ** bits;
  const available = 2 ** (32 - Number(prefix));
  if (!/^\d+(\.\d+){3}\/\d+$/.test(block) || !(count >= 1 && count <= 256) || !(bits >= 1) || count * size > available) {
    throw validationError(`Template error: Fn::Cidr cannot divide ${block} into ${count} blocks of ${bits} host bits`);
  }
  const first = toNumber(address ?? '') - (toNumber(address ?? '') % available);
  return Array.from({ length: count }, (_, index) => `${toAddress(first + index * size)}/${32 - bits}`);
};
