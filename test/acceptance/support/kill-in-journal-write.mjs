// Preloaded into the orchestrator (NODE_OPTIONS=--import): the Nth entry that goes to a journal is cut in half, and the process killed with it.
import { open } from 'node:fs/promises';
import { writeSync } from 'node:fs';

const nth = Number(process.env.ALTSITE_TEST_KILL_IN_ENTRY);
if (nth > 0) {
  const probe = await open('/dev/null', 'a');
  const prototype = Object.getPrototypeOf(probe);
  await probe.close();
  const { appendFile } = prototype;
  let entries = 0;
  prototype.appendFile = function (data, ...rest) {
    if (!Buffer.isBuffer(data) || !data.includes('"previousHash"') || ++entries < nth) return appendFile.call(this, data, ...rest);
    writeSync(this.fd, data.subarray(0, Math.floor(data.length / 2)));
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
}
