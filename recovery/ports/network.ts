/** The network as customers see it: names are resolved for real, then spoken to over TLS. */
export interface Network {
  /**
   * One HTTPS request by name. `path` starts with a slash.
   * @throws RecoveryError `transient` when no answer came (refused, reset, timed out, name unknown, certificate not of this name or of no trusted authority).
   */
  https(request: {
    host: string;
    port: number;
    path: string;
    method?: 'GET' | 'POST';
    body?: unknown;
  }): Promise<{ status: number; body: string }>;
  /** Addresses that each view of DNS gives for `name` right now; a view that does not answer says why. */
  resolve(name: string): Promise<readonly DnsView[]>;
}
export interface DnsView {
  /** `authoritative` servers of the zone, or a caching `resolver`. */
  readonly view: 'authoritative' | 'resolver';
  readonly server: string;
  readonly addresses: readonly string[];
  readonly error: string | null;
}
