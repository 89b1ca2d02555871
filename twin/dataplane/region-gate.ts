/** Lets work happen in regions that are there. */
export class RegionGate {
  private readonly lost = new Set<string>();
  private closed = false;
  private readonly working = new Map<Promise<unknown>, readonly string[]>();

  /** Does `work`, unless one of its regions is lost; rejects also when one is lost meanwhile. */
  async within<T>(regions: readonly string[], work: () => Promise<T>): Promise<T> {
    this.refuseLost(regions);
    const result = work();
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.working.set(settled, regions);
    try {
      const value = await result;
      this.refuseLost(regions);
      return value;
    } finally {
      this.working.delete(settled);
    }
  }

  /** From now on nothing begins in the region, or anywhere. */
  lose(region?: string): void {
    if (region === undefined) this.closed = true;
    else this.lost.add(region);
  }

  /** The region is there again. */
  bringBack(region: string): void {
    this.lost.delete(region);
  }

  isLost(region: string): boolean {
    return this.closed || this.lost.has(region);
  }

  /** Resolves when nothing that had begun in the region, or anywhere, is still going on. */
  async quiet(region?: string): Promise<void> {
    const chosen = [...this.working].filter(([, regions]) => region === undefined || regions.includes(region));
    await Promise.all(chosen.map(([settled]) => settled));
  }

  private refuseLost(regions: readonly string[]): void {
    const gone = regions.find((region) => this.isLost(region));
    if (gone !== undefined) throw new Error(`the data plane of ${gone} is lost`);
  }
}
