export type LineKind = 'finished' | 'active' | 'waiting' | 'mark';

export interface FrameLine {
  readonly kind: LineKind;
  /** Made only for lines that are shown: a plan may have ten thousand. */
  readonly text: () => string;
}

/** The lines that fit into `room`: first finished ones become a count, then the last of the waiting ones. */
export const fitted = (lines: readonly FrameLine[], room: number): readonly string[] => {
  const spare = lines.length - Math.max(3, room);
  if (spare <= 0) return lines.map(({ text }) => text());
  const finished = lines.filter(({ kind }) => kind === 'finished');
  const folded = new Set(finished.slice(0, spare + 1));
  const rest = folded.size > 1 ? lines.filter((line) => !folded.has(line)) : lines;
  const head = folded.size > 1 ? [`  ✔ ${folded.size} finished`] : [];
  const over = head.length + rest.length - Math.max(3, room);
  if (over <= 0) return [...head, ...rest.map(({ text }) => text())];
  const waiting = rest.filter(({ kind }) => kind === 'waiting');
  const cut = new Set(waiting.slice(Math.max(0, waiting.length - over - 1)));
  const kept = rest.filter((line) => !cut.has(line)).map(({ text }) => text());
  return [...head, ...kept, ...(cut.size ? [`  · ${cut.size} more wait`] : [])];
};
