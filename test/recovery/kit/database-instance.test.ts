import { expect, it } from '@jest/globals';
import type { DBInstance } from '@aws-sdk/client-rds';
import { instanceStatuses, isUsable } from '../../../recovery/kit/database-instance.js';

/** Every status in the RDS user guide's table, "Viewing DB instance status", and what it is to a recovery. */
const documented: Readonly<Record<string, 'goal' | 'on-the-way' | 'surprise'>> = {
  available: 'goal',
  'backing-up': 'goal',
  'storage-initialization': 'goal',
  'storage-optimization': 'goal',
  'configuring-enhanced-monitoring': 'on-the-way',
  'configuring-iam-database-auth': 'on-the-way',
  'configuring-log-exports': 'on-the-way',
  creating: 'on-the-way',
  maintenance: 'on-the-way',
  modifying: 'on-the-way',
  rebooting: 'on-the-way',
  renaming: 'on-the-way',
  'resetting-master-credentials': 'on-the-way',
  starting: 'on-the-way',
  upgrading: 'on-the-way',
  // Of Aurora, of read replicas and of blue/green deployments: nothing a recovery makes.
  backtracking: 'surprise',
  'storage-config-upgrade': 'surprise',
  // Of networks that are no VPC: nothing a recovery makes.
  'converting-to-vpc': 'surprise',
  'moving-to-vpc': 'surprise',
  // Somebody else wants it gone or quiet.
  'delete-precheck': 'surprise',
  deleting: 'surprise',
  stopping: 'surprise',
  stopped: 'surprise',
  // What only people can mend.
  failed: 'surprise',
  'inaccessible-encryption-credentials': 'surprise',
  'inaccessible-encryption-credentials-recoverable': 'surprise',
  'incompatible-create': 'surprise',
  'incompatible-network': 'surprise',
  'incompatible-option-group': 'surprise',
  'incompatible-parameters': 'surprise',
  'incompatible-restore': 'surprise',
  'insufficient-capacity': 'surprise',
  'restore-error': 'surprise',
  'storage-full': 'surprise',
};

const inStatus = (DBInstanceStatus: string | undefined): DBInstance => ({
  DBInstanceIdentifier: 'orders',
  DBInstanceStatus,
  Endpoint: { Address: 'orders.example.com' },
});

it.each(Object.entries(documented))('a DB instance that is %s is %s', (status, is) => {
  if (is === 'surprise') expect(() => isUsable(inStatus(status))).toThrow('; expected creating');
  else expect(isUsable(inStatus(status))).toBe(is === 'goal');
});

it('waits for no status that AWS does not document', () => {
  expect([...instanceStatuses.goal, ...instanceStatuses.onTheWay].filter((status) => documented[status] === undefined)).toEqual([]);
});

it('takes a status that is new, or none at all, for a surprise', () => {
  for (const status of ['levitating', undefined]) expect(() => isUsable(inStatus(status))).toThrow('expected creating');
});

it('a DB instance without an endpoint is not usable, whatever its status says', () => {
  expect(isUsable({ ...inStatus('available'), Endpoint: undefined })).toBe(false);
});
