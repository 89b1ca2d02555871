import type { DnsAnswer } from '../world/dataplane.js';
import { plainName } from './dns-records.js';
import type { DnsReply } from './dns-server.js';

type Answer = (name: string, type: string) => DnsAnswer;

/** TTLs that AWS gives the names it owns: 60 s for load balancers, 5 s for databases. */
const announcedTtl = (name: string): number => (name.includes('.elb.') ? 60 : 5);
const nothing = (rcode: DnsAnswer['rcode']): DnsReply => ({ rcode, answers: [], authority: [] });

/** All names of one twin: those that AWS owns, announced by services, and those in hosted zones. */
export class Names {
  private readonly announced = new Map<string, readonly string[]>();
  private zones: Answer = () => nothing('REFUSED');

  announce(hostname: string, addresses: readonly string[]): void {
    if (addresses.length > 0) this.announced.set(plainName(hostname), [...addresses]);
    else this.announced.delete(plainName(hostname));
  }

  addressesOf(hostname: string): readonly string[] {
    return this.announced.get(plainName(hostname)) ?? [];
  }

  serve(answer: Answer): void {
    this.zones = answer;
  }

  /** What the zones' own servers answer; a "no" carries the zone's SOA. */
  authoritative(name: string, type: string): DnsReply {
    const { rcode, answers } = this.zones(name, type);
    return { rcode, answers, authority: rcode !== 'REFUSED' && answers.length === 0 ? this.startOfAuthority(name) : [] };
  }

  /** What the server in charge of a name answers, whoever that is. */
  anywhere(name: string, type: string): DnsReply {
    const addresses = this.addressesOf(name);
    if (addresses.length > 0) {
      const ttl = announcedTtl(name);
      const answers = type === 'A' ? addresses.map((data) => ({ name, type, ttl, data })) : [];
      return { rcode: 'NOERROR', answers, authority: [] };
    }
    return name.endsWith('.amazonaws.com') ? nothing('NXDOMAIN') : this.authoritative(name, type);
  }

  private startOfAuthority(name: string): DnsAnswer['answers'] {
    for (let zone = name; zone; zone = zone.split('.').slice(1).join('.')) {
      const { answers } = this.zones(zone, 'SOA');
      if (answers.length > 0) return answers;
    }
    return [];
  }
}
