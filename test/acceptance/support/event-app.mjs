/** Two stacks in the region recovered to: one regional and without roles, as what an event adds is, and one with a role. Run in the repository, whose aws-cdk-lib it uses. */
import { App, Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';

const app = new App({ analyticsReporting: false });
const env = { account: '111122223333', region: 'eu-central-1' };

const metric = new Metric({ namespace: 'Event', metricName: 'Probe' });
new Alarm(new Stack(app, 'Event', { env }), 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
new Role(new Stack(app, 'Unfit', { env }), 'Role', { roleName: 'made-in-an-event', assumedBy: new AccountRootPrincipal() });
