/**
 * What kernel, network and platform are to a container; loaded by `node --import` before the program (twin/dataplane/tasks.ts).
 * The twin says over the IPC channel where the container is in its network, and the process ends when that channel closes.
 *
 * 1. Wall-clock time is the world's, read anew from the shared clock (shared-clock.ts) at every look; timers and `performance.now()`
 *    stay real, as work takes real time.
 * 2. Listening on all addresses means listening on the task's own.
 * 3. Names are looked up at the twin's resolver and nowhere else: nothing outside can be reached by name.
 * 4. A port that this machine cannot give is moved, for listening and connecting alike, so that the program never knows.
 */
import dns from 'node:dns';
import { readSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import process from 'node:process';

process.on('disconnect', () => process.exit(137));
const { address, resolver: resolverAddress, movedPorts } = await new Promise((resolve) => process.once('message', resolve));
process.channel.unref();

const clock = 4;
const bytes = Buffer.alloc(16);
const worldNow = () => {
  for (;;) {
    readSync(clock, bytes, 0, 16, 0);
    const now = bytes.readDoubleLE(0);
    if (now === bytes.readDoubleLE(8)) return now; // otherwise it is just being written
  }
};
const RealDate = Date;
RealDate.now = worldNow;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [worldNow()], newTarget),
  apply: () => new RealDate(worldNow()).toString(),
});

const portHere = (port) => movedPorts[port] ?? Number(port);
const everywhere = (host) => host === undefined || host === null || host === '' || host === '0.0.0.0' || host === '::';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenInContainer(...args) {
  // The twin waits for this: in the world's time a start that takes no time must not look like a target that is down.
  this.once('listening', () => process.send({ ready: true }));
  const [first, second] = args;
  const isOptions = typeof first === 'object' && first !== null && first.port !== undefined;
  const isPort = typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first));
  if (isOptions && everywhere(first.host)) args[0] = { ...first, host: address, port: portHere(first.port) };
  if (isPort && (typeof second !== 'string' || everywhere(second)))
    args.splice(0, typeof second === 'string' ? 2 : 1, portHere(first), address);
  return listen.apply(this, args);
};

const literalElsewhere = (host) =>
  host === undefined || host === 'localhost' || (net.isIP(host) && !host.startsWith(`${address.split('.', 2).join('.')}.`));
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectInContainer(...args) {
  // Node itself passes its normalised arguments as one marked array, whose first element is the options.
  const holder = Array.isArray(args[0]) ? args[0] : args;
  const isOptions = typeof holder[0] === 'object' && holder[0] !== null;
  const { host, port } = isOptions ? holder[0] : { host: holder[1], port: holder[0] };
  if (movedPorts[port] !== undefined && !literalElsewhere(host))
    holder[0] = isOptions ? { ...holder[0], port: portHere(port) } : portHere(port);
  return connect.apply(this, args);
};

const names = new dns.Resolver({ timeout: 1000, tries: 2 });
names.setServers([resolverAddress]);
const systemLookup = dns.lookup;
dns.lookup = (hostname, options, callback) => {
  if (typeof options === 'function') return dns.lookup(hostname, {}, options);
  if (!hostname || hostname === 'localhost' || net.isIP(hostname)) return systemLookup(hostname, options, callback);
  const wantsAll = typeof options === 'object' && options?.all === true;
  names.resolve4(hostname, (error, addresses) => {
    if (error)
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }));
    else if (wantsAll)
      callback(
        null,
        addresses.map((each) => ({ address: each, family: 4 })),
      );
    else callback(null, addresses[0], 4);
  });
};
dns.promises.lookup = (hostname, options = {}) =>
  new Promise((resolve, reject) => {
    dns.lookup(hostname, options, (error, found, family) => {
      if (error) reject(error);
      else resolve(Array.isArray(found) ? found : { address: found, family });
    });
  });
syncBuiltinESMExports();
