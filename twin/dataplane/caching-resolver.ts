import type { DnsReply } from './dns-server.js';
import { plainName } from './dns-records.js';

const longestChain = 8;
export type Look = (name: string, type: string) => DnsReply;

interface Remembered {
  readonly reply: DnsReply;
  readonly at: number;
  readonly until: number;
}

/** Seconds that a reply may be remembered: its shortest TTL; for a "no" what the SOA says (RFC 2308); a refusal not at all. */
const lifetime = ({ answers, authority }: DnsReply): number => {
  if (answers.length > 0) return Math.min(...answers.map(({ ttl }) => ttl));
  const [soa] = authority;
  return soa ? Math.min(soa.ttl, Number(soa.data.trim().split(/\s+/)[6] ?? 0)) : 0;
};

/**
 * Makes a resolver's source one whose answers live at least `seconds`: what a resolver with a minimum TTL does to them, which also tells its
 * clients so. A "no" is left as it is (unbound has an option of its own for those, 0 by default).
 */
export const heldAtLeast =
  (seconds: number, look: Look): Look =>
  (name, type) => {
    const reply = look(name, type);
    return { ...reply, answers: reply.answers.map((each) => ({ ...each, ttl: Math.max(each.ttl, seconds) })) };
  };

/** Looks names up as a caching resolver does: follows aliases, remembers each answer for its TTL of the world's time (`now`, ms). */
export const cachingResolver = (look: Look, now: () => number): Look => {
  const memory = new Map<string, Remembered>();
  const remembered: Look = (name, type) => {
    const key = `${name} ${type}`;
    const found = memory.get(key);
    if (found && now() < found.until) {
      const age = Math.floor((now() - found.at) / 1000);
      return { ...found.reply, answers: found.reply.answers.map((each) => ({ ...each, ttl: each.ttl - age })) };
    }
    const reply = look(name, type);
    memory.set(key, { reply, at: now(), until: now() + lifetime(reply) * 1000 });
    return reply;
  };
  const follow = (name: string, type: string, links: number): DnsReply => {
    const reply = remembered(name, type);
    const alias = type === 'CNAME' ? undefined : reply.answers.find((each) => each.type === 'CNAME');
    if (!alias || reply.answers.some((each) => each.type === type)) return reply;
    if (links === 0) throw new Error(`${name}: more than ${longestChain} aliases in a row`);
    const rest = follow(plainName(alias.data), type, links - 1);
    return { ...rest, answers: [...reply.answers, ...rest.answers] };
  };
  return (name, type) => follow(name, type, longestChain);
};
