import type { Console } from '../../recovery/cli/command.js';

/** A terminal that remembers, in a folder that does not exist unless one is named. */
export const capturedConsole = (environment: Record<string, string> = {}) => {
  const said = { out: '', err: '' };
  const console: Console = {
    environment: { ALTSITE_HOME: '/nonexistent/altsite-home', ...environment },
    cwd: process.cwd(),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    colour: false,
    watched: false,
    speakThrough: () => undefined,
    interrupted: () => false,
  };
  return { console, said };
};
