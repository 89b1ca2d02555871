import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Packet } from 'dns2';
import { cachingResolver, heldAtLeast } from '../../../twin/dataplane/caching-resolver.js';
import { serveDns } from '../../../twin/dataplane/dns-server.js';
import { claimLoopbackRange, type LoopbackRange } from '../../../twin/dataplane/loopback-range.js';
import { Names } from '../../../twin/dataplane/names.js';
import type { DnsAnswer } from '../../../twin/world/dataplane.js';

const port = 5353;
const soa = { name: 'example.com', type: 'SOA', ttl: 900, data: 'ns.example.com. admin.example.com. 1 7200 900 1209600 300' };
const many = Array.from({ length: 60 }, (_, index) => ({ name: 'many.example.com', type: 'A', ttl: 60, data: `192.0.2.${index + 1}` }));
let zone: DnsAnswer['answers'];
let now: number;
let asked: string[];

const names = new Names();
let range: LoopbackRange;
let servers: { close: () => Promise<void> }[];
let look: ReturnType<typeof cachingResolver>;
let overHold: ReturnType<typeof cachingResolver>;
beforeAll(async () => {
  range = await claimLoopbackRange(() => undefined, []);
  const log = () => undefined;
  servers = await Promise.all([
    serveDns({ address: range.own(1), port, role: 'authoritative', answer: (name, type) => names.authoritative(name, type), log }),
    serveDns({ address: range.own(2), port, role: 'resolver', answer: (name, type) => look(name, type), log }),
    serveDns({ address: range.own(3), port, role: 'resolver', answer: (name, type) => overHold(name, type), log }),
  ]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  range.release();
});
beforeEach(() => {
  now = 0;
  asked = [];
  look = cachingResolver(
    (name, type) => names.anywhere(name, type),
    () => now,
  );
  overHold = cachingResolver(
    heldAtLeast(3600, (name, type) => names.anywhere(name, type)),
    () => now,
  );
  zone = [
    soa,
    { name: 'www.example.com', type: 'A', ttl: 60, data: '192.0.2.1' },
    { name: 'text.example.com', type: 'TXT', ttl: 60, data: '"one \\"two\\"" "three"' },
    ...many,
  ];
  names.serve((name, type) => {
    asked.push(`${type} ${name}`);
    if (!name.endsWith('example.com')) return { rcode: 'REFUSED', answers: [] };
    const here = zone.filter((each) => each.name === name);
    return { rcode: here.length > 0 ? 'NOERROR' : 'NXDOMAIN', answers: here.filter((each) => each.type === type || each.type === 'CNAME') };
  });
});

const client = (host: number): Resolver => {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`${range.own(host)}:${port}`]);
  return resolver;
};
const queryFor = (name: string, type: number): Buffer => {
  const packet = new Packet();
  packet.header = new Packet.Header({ id: 7, rd: 1 });
  packet.questions.push(new Packet.Question(name, type, Packet.CLASS.IN));
  return packet.toBuffer();
};
const overUdp = async (host: number, query: Buffer): Promise<Packet> => {
  const socket = createSocket('udp4');
  socket.send(query, port, range.own(host));
  const [message] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return Packet.parse(message);
};
const overTcp = async (host: number, query: Buffer): Promise<Packet> => {
  const socket = connect(port, range.own(host));
  socket.write(Buffer.concat([Buffer.from([query.length >> 8, query.length & 255]), query]));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk as Buffer);
    const all = Buffer.concat(chunks);
    if (all.length >= 2 && all.length >= 2 + all.readUInt16BE(0)) break;
  }
  return Packet.parse(Buffer.concat(chunks).subarray(2));
};

describe('the authoritative name server', () => {
  test('answers with authority over UDP and TCP, whatever the case of the name', async () => {
    for (const ask of [overUdp, overTcp]) {
      const { header, answers } = await ask(1, queryFor('WWW.Example.com', Packet.TYPE.A));
      expect({ aa: header.aa, ra: header.ra, rcode: header.rcode, id: header.id }).toEqual({ aa: 1, ra: 0, rcode: 0, id: 7 });
      expect(answers).toMatchObject([{ address: '192.0.2.1', ttl: 60 }]);
    }
    expect(await client(1).resolveTxt('text.example.com')).toEqual([['one "two"', 'three']]);
  });

  test('says NXDOMAIN with the SOA for a name that is not there, no data for a type that is not, REFUSED outside its zones', async () => {
    const absent = await overUdp(1, queryFor('nobody.example.com', Packet.TYPE.A));
    expect(absent.header.rcode).toBe(3);
    expect(absent.authorities).toMatchObject([{ primary: 'ns.example.com', minimum: 300 }]);
    await expect(client(1).resolve6('www.example.com')).rejects.toMatchObject({ code: 'ENODATA' });
    const outside = await overUdp(1, queryFor('example.org', Packet.TYPE.A));
    expect({ rcode: outside.header.rcode, aa: outside.header.aa }).toEqual({ rcode: 5, aa: 0 });
  });

  test('truncates what does not fit into UDP, so that clients come back over TCP', async () => {
    const truncated = await overUdp(1, queryFor('many.example.com', Packet.TYPE.A));
    expect(truncated.header.tc).toBe(1);
    expect(truncated.answers).toHaveLength(0);
    expect((await overTcp(1, queryFor('many.example.com', Packet.TYPE.A))).answers).toHaveLength(60);
    expect(await client(1).resolve4('many.example.com')).toHaveLength(60);
  });

  test('survives garbage', async () => {
    const socket = createSocket('udp4');
    socket.send(Buffer.from('not dns'), port, range.own(1));
    expect(await client(1).resolve4('www.example.com')).toEqual(['192.0.2.1']);
    socket.close();
  });
});

describe('the caching resolver', () => {
  const moveTo = (data: string): void => void (zone = [soa, { name: 'www.example.com', type: 'A', ttl: 60, data }]);

  test('holds an answer for its TTL in world time, counting down, and no longer', async () => {
    expect(await client(2).resolve4('www.example.com', { ttl: true })).toEqual([{ address: '192.0.2.1', ttl: 60 }]);
    moveTo('192.0.2.99');
    now = 59_000;
    expect(await client(2).resolve4('www.example.com', { ttl: true })).toEqual([{ address: '192.0.2.1', ttl: 1 }]);
    expect(asked).toEqual(['A www.example.com']);
    now = 60_000;
    expect(await client(2).resolve4('www.example.com')).toEqual(['192.0.2.99']);
  });

  test('remembers that a name is not there for as long as the SOA says', async () => {
    await expect(client(2).resolve4('new.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    zone = [...zone, { name: 'new.example.com', type: 'A', ttl: 60, data: '192.0.2.7' }];
    now = 299_000;
    await expect(client(2).resolve4('new.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    now = 300_000;
    expect(await client(2).resolve4('new.example.com')).toEqual(['192.0.2.7']);
  });

  test('follows an alias from a zone to a name that AWS owns, over UDP and TCP', async () => {
    zone = [...zone, { name: 'shop.example.com', type: 'CNAME', ttl: 60, data: 'shop-1.eu-west-1.elb.amazonaws.com.' }];
    names.announce('Shop-1.eu-west-1.elb.amazonaws.com', ['127.16.1.1', '127.16.1.2']);
    for (const ask of [overUdp, overTcp]) {
      const { header, answers } = await ask(2, queryFor('shop.example.com', Packet.TYPE.A));
      expect({ aa: header.aa, ra: header.ra }).toEqual({ aa: 0, ra: 1 });
      expect(answers).toMatchObject([
        { domain: 'shop-1.eu-west-1.elb.amazonaws.com' },
        { address: '127.16.1.1' },
        { address: '127.16.1.2' },
      ]);
    }
    names.announce('shop-1.eu-west-1.elb.amazonaws.com', []);
    now = 60_000;
    await expect(client(2).resolve4('shop-1.eu-west-1.elb.amazonaws.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('a resolver that over-holds', () => {
  test('still gives the old answer long after its TTL, when the honest one has the new; and the new one in the end', async () => {
    for (const host of [2, 3]) expect(await client(host).resolve4('www.example.com')).toEqual(['192.0.2.1']);
    zone = [soa, { name: 'www.example.com', type: 'A', ttl: 60, data: '192.0.2.99' }];
    now = 60_000;
    expect(await client(2).resolve4('www.example.com')).toEqual(['192.0.2.99']);
    expect(await client(3).resolve4('www.example.com', { ttl: true })).toEqual([{ address: '192.0.2.1', ttl: 3540 }]);
    now = 3_599_000;
    expect(await client(3).resolve4('www.example.com')).toEqual(['192.0.2.1']);
    now = 3_600_000;
    expect(await client(3).resolve4('www.example.com')).toEqual(['192.0.2.99']);
  });

  test('holds no answer shorter than its TTL, and a "no" no longer than the SOA says', async () => {
    zone = [soa, { name: 'slow.example.com', type: 'A', ttl: 7200, data: '192.0.2.1' }];
    expect(await client(3).resolve4('slow.example.com', { ttl: true })).toEqual([{ address: '192.0.2.1', ttl: 7200 }]);
    await expect(client(3).resolve4('new.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    zone = [...zone, { name: 'new.example.com', type: 'A', ttl: 60, data: '192.0.2.7' }];
    now = 300_000;
    expect(await client(3).resolve4('new.example.com')).toEqual(['192.0.2.7']);
  });
});
