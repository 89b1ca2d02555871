import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Ends what the twin leaves behind when it cannot do so itself. */
export interface Reaper {
  watch(pid: number): void;
  forget(pid: number): void;
  /** To be called when nothing is watched any more. */
  close(): void;
}

/**
 * Reads `+ PID` and `- PID` until end of file, which comes when the twin is gone, however it went. INT is PostgreSQL's fast
 * shutdown and ends a Node process; whatever is still there two seconds later is killed. Then the folder in $1, if any, is removed.
 */
const script = `
trap '' INT TERM HUP
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
case $pids in *[0-9]*)
  kill -INT $pids 2>/dev/null
  sleep 2
  kill -KILL $pids 2>/dev/null ;;
esac
[ -z "$1" ] || rm -rf -- "$1"
`;

/** A small POSIX shell of its own session: what kills the twin, even a signal to its whole group, does not reach it. */
export const startReaper = (folder = ''): Reaper => {
  const child = spawn('/bin/sh', ['-c', script, 'altsite-reaper', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.unref();
  const pipe = child.stdin as unknown as Socket;
  pipe.unref();
  pipe.on('error', () => undefined);
  return {
    watch: (pid) => void pipe.write(`+ ${pid}\n`),
    forget: (pid) => void pipe.write(`- ${pid}\n`),
    close: () => void pipe.end(),
  };
};
