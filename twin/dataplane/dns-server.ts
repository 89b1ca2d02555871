import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createTCPServer, createUDPServer, Packet } from 'dns2';
import type { DnsAnswer } from '../world/dataplane.js';
import { plainName, toResource, typeName } from './dns-records.js';

const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** An answer with the zone's SOA record, where it says for how long "no" may be remembered (RFC 2308). */
export interface DnsReply extends DnsAnswer {
  readonly authority: DnsAnswer['answers'];
}
export interface DnsServerOptions {
  readonly address: string;
  readonly port: number;
  /** An authoritative server sets AA; a resolver offers recursion (RA). */
  readonly role: 'authoritative' | 'resolver';
  /** `name` in small letters without the final dot. */
  readonly answer: (name: string, type: string) => DnsReply;
  readonly log: (message: string) => void;
}

type Send = (response: Packet) => unknown;

const respondTo = (request: Packet, { role, answer, log }: DnsServerOptions): Packet => {
  const response = Packet.createResponseFromRequest(request);
  const { header } = response;
  header.ra = role === 'resolver' ? 1 : 0;
  const [question] = request.questions;
  if (request.header.opcode !== 0) header.rcode = rcodes.NOTIMP;
  else if (!question || request.questions.length !== 1) header.rcode = rcodes.FORMERR;
  else {
    try {
      const reply = answer(plainName(question.name), typeName(question.type));
      response.answers = reply.answers.map(toResource);
      response.authorities = reply.authority.map(toResource);
      header.rcode = rcodes[reply.rcode];
      header.aa = role === 'authoritative' && reply.rcode !== 'REFUSED' ? 1 : 0;
    } catch (error) {
      log(`DNS ${question.name}: ${String(error)}`);
      header.rcode = rcodes.SERVFAIL;
    }
  }
  return response;
};

/** Serves DNS over UDP (truncated with TC when it does not fit, by dns2) and TCP at one address and port. */
export const serveDns = async (options: DnsServerOptions): Promise<{ close: () => Promise<void> }> => {
  const { address, port, log } = options;
  const handle = (request: Packet, send: Send): void => void send(respondTo(request, options));
  const udp = createUDPServer();
  const tcp = createTCPServer();
  for (const server of [udp, tcp]) {
    server.on('request', handle);
    server.on('requestError', (error: Error) => log(`DNS: ${error.message}`));
  }
  udp.bind(port, address);
  tcp.listen(port, address);
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const connections = new Set<Socket>();
  tcp.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return {
    close: async () => {
      const closed = [once(udp, 'close'), once(tcp, 'close')];
      udp.close();
      tcp.close();
      for (const socket of connections) socket.destroy();
      await Promise.all(closed);
    },
  };
};
