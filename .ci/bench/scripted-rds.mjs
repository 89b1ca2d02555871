// RDS as far as a restore goes, with the limits and durations of a script.
import { fromAws } from '../../dist/recovery/adapters/aws-errors.js';
import { limits, pageSize } from './script.mjs';

const refused = (name, message, status = 400) => Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

/** `now` gives milliseconds since the epoch. */
export const scriptedRds = (script, now) => {
  const instances = new Map();
  const counted = { restores: 0, throttled: 0, describes: 0, named: 0 };
  let tokens = limits.burst;
  let at = now();

  const statusOf = ({ usableAt, availableAt }) => (now() < usableAt ? 'creating' : now() < availableAt ? 'backing-up' : 'available');
  const shown = (name) => {
    const instance = instances.get(name);
    return { DBInstanceIdentifier: name, DBInstanceStatus: statusOf(instance), Endpoint: { Address: `${name}.example.com`, Port: 5432 } };
  };
  const operations = {
    RestoreDBInstanceFromDBSnapshotCommand: ({ DBInstanceIdentifier: name }) => {
      tokens = Math.min(limits.burst, tokens + ((now() - at) / 1000) * limits.perSecond);
      at = now();
      // A thousandth of a call is the rounding of milliseconds.
      if (tokens < 0.999) {
        counted.throttled += 1;
        throw refused('ThrottlingException', 'Rate exceeded');
      }
      tokens -= 1;
      if (instances.has(name)) throw refused('DBInstanceAlreadyExists', `${name} is there`);
      if (instances.size >= script.restoring.length) throw refused('InstanceQuotaExceeded', 'no more instances');
      const usableAt = now() + script.restoring[instances.size] * 1000;
      instances.set(name, { usableAt, availableAt: usableAt + script.backingUp[instances.size] * 1000 });
      counted.restores += 1;
      return { DBInstance: shown(name) };
    },
    DescribeDBInstancesCommand: ({ DBInstanceIdentifier, Filters, MaxRecords = pageSize }) => {
      counted.describes += 1;
      const names = DBInstanceIdentifier ? [DBInstanceIdentifier] : (Filters.find(({ Name }) => Name === 'db-instance-id').Values ?? []);
      const found = names.filter((name) => instances.has(name));
      if (DBInstanceIdentifier && found.length === 0) throw refused('DBInstanceNotFound', `${names[0]} is not there`, 404);
      if (found.length > Math.min(MaxRecords, pageSize)) throw new Error('asked for more than a page: give a Marker');
      counted.named += found.length;
      return { $metadata: { httpStatusCode: 200 }, DBInstances: found.map(shown) };
    },
  };
  return {
    counted,
    /** When a database takes connections, and when it is `available`; milliseconds since the epoch. */
    momentsOf: (name) => instances.get(name),
    answer: (command) => operations[command.constructor.name](command.input),
    /** As the engine's port has it: what is refused is a RecoveryError. */
    port: {
      send: async (command) => {
        try {
          return operations[command.constructor.name](command.input);
        } catch (error) {
          throw fromAws(error, command.constructor.name);
        }
      },
    },
  };
};
