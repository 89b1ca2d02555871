/** An app of one stack in the region recovered to: regional and without roles, as what an event adds is. Run in the repository, whose aws-cdk-lib it uses. */
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'Event', { env: { account: '111122223333', region: 'eu-central-1' } });
new LogGroup(stack, 'Log', { logGroupName: 'event', retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.RETAIN });
