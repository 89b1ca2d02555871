import { Packet, type Resource } from 'dns2';
import type { DnsAnswer } from '../world/dataplane.js';

type Fields = Partial<Resource>;

const types = Packet.TYPE as Record<string, number>;
const namesOfTypes = new Map(Object.entries(types).map(([name, number]) => [number, name]));
/** `A`, `TXT` … or `TYPE65` (RFC 3597) for one that has no name here. */
export const typeName = (type: number): string => namesOfTypes.get(type) ?? `TYPE${type}`;

/** Names are compared in small letters and without the final dot. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const unquoted = (data: string): string[] => {
  const quoted = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => (text ?? '').replace(/\\(.)/g, '$1'));
  return quoted.length > 0 ? quoted : [data];
};
const split = (data: string): string[] => data.trim().split(/\s+/);

/** Record data as zone files (and Route 53) write it, to the fields that the codec knows. */
const parsers: Record<string, (data: string) => Fields> = {
  A: (address) => ({ address }),
  AAAA: (address) => ({ address }),
  CNAME: (domain) => ({ domain }),
  PTR: (domain) => ({ domain }),
  NS: (ns) => ({ ns }),
  TXT: (data) => ({ data: unquoted(data) }),
  SPF: (data) => ({ data: unquoted(data) }),
  MX: (data) => {
    const [priority, exchange] = split(data);
    return { priority: Number(priority), exchange: exchange ?? '' };
  },
  SRV: (data) => {
    const [priority, weight, port, target] = split(data);
    return { priority: Number(priority), weight: Number(weight), port: Number(port), target: target ?? '' };
  },
  CAA: (data) => {
    const [flags, tag] = split(data);
    return { flags: Number(flags), tag: tag ?? '', value: unquoted(data)[0] ?? '' };
  },
  SOA: (data) => {
    const [primary, admin, ...numbers] = split(data);
    const [serial, refresh, retry, expiration, minimum] = numbers.map(Number);
    return {
      primary: primary ?? '',
      admin: admin ?? '',
      serial: serial ?? 0,
      refresh: refresh ?? 0,
      retry: retry ?? 0,
      expiration: expiration ?? 0,
      minimum: minimum ?? 0,
    };
  },
};

/** A record for the wire. Throws for a type that cannot be written: the zone should not have taken it. */
export const toResource = ({ name, type, ttl, data }: DnsAnswer['answers'][number]): Resource => {
  const parse = parsers[type];
  const number = types[type];
  if (!parse || number === undefined) throw new Error(`${name} has a record of type ${type}, which this DNS server cannot answer`);
  return new Packet.Resource({ name: plainName(name), type: number, class: Packet.CLASS.IN, ttl, ...parse(data) });
};
