import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 1 << 18;

/** A file's whole lines from a byte on, some at a time; `end` is where the last of them ends. What follows the last line break is no line. */
export async function* fileLines(
  handle: FileHandle,
  from = 0,
): AsyncGenerator<{ readonly lines: readonly string[]; readonly end: number }> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let rest: Buffer = Buffer.alloc(0);
  for (let at = from; ;) {
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    const last = chunk.lastIndexOf(0x0a, bytesRead - 1);
    if (last < 0) {
      rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      continue;
    }
    const whole = chunk.subarray(0, last);
    const text = rest.length ? Buffer.concat([rest, whole]).toString() : whole.toString();
    rest = Buffer.from(chunk.subarray(last + 1, bytesRead));
    yield { lines: text.split('\n'), end: at - rest.length };
  }
}
