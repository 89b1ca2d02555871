/** What a running twin says about itself: in `$ALTSITE_HOME/twin/PORT/twin.json`, and to `GET /_twin/twin`. */
export interface TwinDescription {
  readonly url: string;
  /** `address:port` of the authoritative name server, and of the caching resolver; null without a real data plane. */
  readonly dns: string | null;
  readonly resolver: string | null;
  /** A second caching resolver, which keeps every answer for at least `dns.over-hold` (an hour), whatever its TTL. */
  readonly overHoldingResolver: string | null;
  /** File with the root to trust for HTTPS listeners; there once the first of them is. */
  readonly certificateAuthority: string | null;
  /** Added to listener ports below 1024 where the twin may not bind them; 0 otherwise. */
  readonly privilegedPortOffset: number;
  readonly pid: number;
  /** Real time, ISO 8601. */
  readonly startedAt: string;
  /** What to export so that AWS clients and the `cdk` CLI speak to this twin. */
  readonly environment: Readonly<Record<string, string>>;
}
