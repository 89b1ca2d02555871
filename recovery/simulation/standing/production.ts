import { alertingStands } from './alerting.js';
import { backedUp, productionRuns } from './data.js';
import { knownControlsStand } from './routing-controls.js';
import { serviceStandsBy } from './service.js';
import { serviceStackStands } from './stack.js';
import type { StandingWorld } from './standing-world.js';
import { fenceStands, switchStands } from './traffic.js';

/** Production with one backup, copied or not, and its pilot light beside it. Answers when the data of the backup was taken. */
export const productionStands = async (world: StandingWorld, options: { readonly copied: boolean } = { copied: true }): Promise<string> => {
  const { here } = await productionRuns(world);
  await serviceStandsBy(world);
  await serviceStackStands(world);
  await fenceStands(world, { epoch: 1, writer: world.from.name, raisedBy: 'deploy' });
  await switchStands(world);
  const { routingControls } = world.targets.global;
  if (routingControls) await knownControlsStand(world, routingControls);
  const { site } = world.targets;
  await world.call('ssm', 'PutParameter', { Name: site.databaseEndpointParameter, Value: 'none', Type: 'String' });
  await world.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName: site.logGroup });
  await world.call('cloudwatch-logs', 'CreateLogStream', { logGroupName: site.logGroup, logStreamName: 'web' });
  await alertingStands(world);
  return backedUp(world, options.copied ? here.BackupVaultArn : null);
};
