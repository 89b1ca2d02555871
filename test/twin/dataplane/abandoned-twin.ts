/** A process with a whole data plane, for the test that kills it: says `up` and stays. */
import { images } from '../../../twin/images/index.js';
import { temporaryDataplane } from '../../helpers/temporary-dataplane.js';

const region = 'eu-west-1';
const account = '111122223333';
const { network, databases, tasks, directory, close } = await temporaryDataplane();
await databases.create(
  { account, region, id: 'db-1' },
  { address: network.allocateAddress(region), port: 5432, masterUsername: 'web', masterPassword: 'secret' },
);
const variables = ['SITE', 'DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_NAME', 'DATABASE_USER', 'DATABASE_PASSWORD', 'WITNESS_BUCKET'];
await tasks.run('task-1', {
  region,
  account,
  address: network.allocateAddress(region),
  image: `web@${images[0]!.digest}`,
  environment: {
    ...Object.fromEntries(variables.map((name) => [name, 'none'])),
    PORT: '8080',
    WITNESS_REGION: 'eu-west-3',
    EPOCH_KEY: 'epoch.json',
    FENCE_LEASE_SECONDS: '30',
  },
  onLine: () => undefined,
  onExit: () => undefined,
});
process.once('SIGTERM', () => void close());
console.log(JSON.stringify({ up: true, directory }));
