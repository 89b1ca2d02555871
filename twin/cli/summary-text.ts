import type { PlaceSummary, WorldSummary } from '../doors/world-summary.js';

/** A running twin at a glance: whose time it is, what is wrong, and what is where. */
export const summaryText = ({ seed, now, clock, speed, owner, faults, calls, pendingEvents, places }: WorldSummary): string => {
  const moves = owner
    ? `held by ${owner}: it moves when that sleeps`
    : clock === 'in real time'
      ? `${speed} world seconds a second`
      : 'stands still';
  const wrong = faults.map(({ name, region, until }) => `fault    ${name} in ${region}${until === null ? '' : ` until ${until}`}`);
  const head = [`clock    ${now}, ${moves}`, `seed     ${seed}`, `calls    ${calls} so far; ${pendingEvents} events to come`];
  return `${[...head, ...(wrong.length ? wrong : ['fault    none']), ...regionTexts(places)].join('\n')}\n`;
};

const regionTexts = (places: readonly PlaceSummary[]): string[] => {
  if (places.length === 0) return ['', 'nothing is in it yet; deploy something, as with: npx cdk deploy'];
  const accounts = new Set(places.map(({ account }) => account)).size;
  return places.flatMap(({ account, region, isLost, shown }) => {
    const rows = shown.map(({ what, name, state }) => [what, name, state] as const);
    const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
    const title = `${region}${accounts > 1 ? ` of ${account}` : ''}${isLost ? '  LOST: as it was' : ''}`;
    const lines = rows.map(([what, name, state]) => `  ${what.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${state}`);
    return ['', title, ...lines];
  });
};
