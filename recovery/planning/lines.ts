/** A line longer than this helps nobody who reads a message. */
const longestShown = 400;

/** From an offset in the text to its line and column, both from 1, and to that line itself. */
export const lines = (text: string): ((offset: number) => { line: number; column: number; text?: string }) => {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const at = Math.max(0, Math.min(offset, text.length));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    const shown = text.slice(start, starts[low + 1] ?? text.length).replace(/\r?\n?$/, '');
    return { line: low + 1, column: at - start + 1, ...(shown.length > longestShown ? {} : { text: shown }) };
  };
};
