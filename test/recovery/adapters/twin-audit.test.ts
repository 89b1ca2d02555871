import { afterEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { twinAudit } from '../../../recovery/adapters/twin-audit.js';

let server: Server | undefined;
afterEach(() => void server?.close());

const call = { sequence: 1, at: 1_000, region: 'eu-west-1', plane: 'control-read', controlPlaneRegion: 'eu-west-1' };

const auditOver = async (calls: readonly object[]) => {
  server = createServer((_request, response) => void response.end(JSON.stringify(calls)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return twinAudit(`http://127.0.0.1:${port}`, { organisation: 'example' });
};
const counted = async (calls: readonly object[]) => (await auditOver(calls)).count('eu-west-1', 0, '1970-01-01T00:00:02.000Z');

it('calls to the lost region are those from outside: ours, CloudFormation’s for us, and whatever found it lost', async () => {
  const calls = ['client', 'cloudformation', 'ecs'].map((via) => ({ ...call, via }));
  expect(await counted(calls)).toMatchObject({ lostRegion: 2 });
  expect(await counted([{ ...call, via: 'backup', error: 'region-lost' }])).toMatchObject({ lostRegion: 1 });
});

it('calls elsewhere, and calls after the proof, are not counted', async () => {
  const via = 'client';
  expect(
    await counted([
      { ...call, via, region: 'eu-central-1' },
      { ...call, via, at: 3_000 },
    ]),
  ).toMatchObject({ lostRegion: 0 });
});

it('a role called what was signed with its credentials, by the names that IAM has for it; what services did for it, and what others called, it did not', async () => {
  const as = (role: string) => ({ principal: `arn:aws:sts::111122223333:assumed-role/${role}/run-1` });
  const seen = { ...call, via: 'client', ...as('example-recovery-dev-ops'), region: 'eu-central-1' };
  const audit = await auditOver([
    { ...seen, service: 's3', operation: 'ListObjectsV2' },
    { ...seen, service: 'elastic-load-balancing-v2', operation: 'DescribeTargetHealth' },
    { ...seen, service: 'sts', operation: 'GetCallerIdentity' },
    { ...seen, service: 'rds', operation: 'CreateDBInstance', via: 'backup' },
    { ...seen, service: 'rds', operation: 'DescribeDBInstances', principal: 'arn:aws:iam::111122223333:user/example-recovery-dev-ops' },
    { ...seen, service: 'rds', operation: 'DescribeDBInstances', ...as('another-recovery-dev-ops') },
  ]);
  expect(await audit.byRole(0)).toEqual([
    { role: 'dev-ops', action: 's3:ListBucket', region: 'eu-central-1' },
    { role: 'dev-ops', action: 'elasticloadbalancing:DescribeTargetHealth', region: 'eu-central-1' },
  ]);
});
