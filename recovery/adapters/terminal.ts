import { createLogUpdate } from 'log-update';
import type { Terminal } from '../ports/terminal.js';

const refreshMs = 1_000;
/** Between two frames: events of a rehearsal come by the hundred. */
const frameMs = 50;

/** The terminal that stderr goes to. */
export const terminal = (stream: NodeJS.WriteStream = process.stderr): Terminal => {
  const update = createLogUpdate(stream);
  let frame: (() => readonly string[]) | undefined;
  let drawnAt = 0;
  const draw = (): void => {
    drawnAt = Date.now();
    if (frame) update(frame().join('\n'));
  };
  let refreshing: NodeJS.Timeout | undefined;
  return {
    columns: () => stream.columns || 80,
    rows: () => stream.rows || 24,
    show: (next) => {
      frame = next;
      refreshing ??= setInterval(draw, refreshMs);
      refreshing.unref();
      if (Date.now() - drawnAt >= frameMs) draw();
    },
    say: (text) => {
      update.clear();
      stream.write(text);
      draw();
    },
    end: () => {
      clearInterval(refreshing);
      refreshing = undefined;
      draw();
      update.done();
      frame = undefined;
    },
  };
};
