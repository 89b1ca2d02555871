/** What is known by names of the form `ACCOUNT/REGION/ID`; a region's part of it can be out of reach for a while. */
export class RegionMap<Value> extends Map<string, Value> {
  private readonly away = new Map<string, [string, Value][]>();

  moveAway(region: string): void {
    const gone = [...this].filter(([name]) => name.split('/')[1] === region);
    for (const [name] of gone) this.delete(name);
    this.away.set(region, gone);
  }

  /** Gives what is back. */
  bringBack(region: string): readonly Value[] {
    const back = this.away.get(region) ?? [];
    this.away.delete(region);
    for (const [name, value] of back) this.set(name, value);
    return back.map(([, value]) => value);
  }
}
