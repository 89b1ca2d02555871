/**
 * A small CDK app in the states that a day's work brings it to: each is synthesised into a folder of its own below argv[2].
 * Run in the repository, whose aws-cdk-lib it uses.
 */
import { join } from 'node:path';
import { App, CfnOutput, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

const [, , folder, account] = process.argv;
const regions = ['eu-west-1', 'eu-central-1', 'eu-west-3'];

/** Says something to other stacks of its region: by a parameter and by an export. */
class Shelf extends Stack {
  constructor(app, region, { size, extra, imported }) {
    super(app, `Shelf-${region}`, { env: { account, region } });
    const parameter = new StringParameter(this, 'Size', { parameterName: '/workflow/size', stringValue: size });
    new CfnOutput(this, 'SizeName', { value: parameter.parameterName, exportName: 'workflow-size-name' });
    if (extra)
      new LogGroup(this, 'Log', { logGroupName: 'workflow', retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
    if (imported) new Bucket(this, 'Books', { bucketName: `workflow-books-${region}` });
  }
}

/** Lives on what a shelf says. */
class Reader extends Stack {
  constructor(app, { parameter, broken }) {
    super(app, 'Reader', { env: { account, region: 'eu-west-1' } });
    const heard = StringParameter.valueForStringParameter(this, '/workflow/size');
    const first = new StringParameter(this, 'Heard', {
      parameterName: parameter,
      stringValue: Fn.join(' from ', [heard, Fn.importValue('workflow-size-name')]),
    });
    new CfnOutput(this, 'HeardSize', { value: first.stringValue });
    if (broken) {
      // The name is the shelf's already: creating this has to fail.
      const taken = new StringParameter(this, 'Taken', { parameterName: '/workflow/size', stringValue: 'mine' });
      taken.node.addDependency(first);
    }
  }
}

/** What nobody may delete by the way. */
class Archive extends Stack {
  constructor(app) {
    super(app, 'Archive', { env: { account, region: 'eu-west-1' }, terminationProtection: true });
    new Bucket(this, 'Records', { bucketName: 'workflow-records', removalPolicy: RemovalPolicy.RETAIN });
  }
}

const states = {
  first: { shelf: { size: 'small' }, reader: { parameter: '/workflow/heard', broken: true } },
  mended: { shelf: { size: 'small' }, reader: { parameter: '/workflow/heard' } },
  grown: { shelf: { size: 'large', extra: true }, reader: { parameter: '/workflow/heard-anew' } },
  breaking: { shelf: { size: 'large', extra: true }, reader: { parameter: '/workflow/heard-anew', broken: true } },
  importing: { shelf: { size: 'large', extra: true, imported: true }, reader: { parameter: '/workflow/heard-anew' } },
};

for (const [state, { shelf, reader }] of Object.entries(states)) {
  const app = new App({ outdir: join(folder, state), analyticsReporting: false });
  const shelves = regions.map((region) => new Shelf(app, region, shelf));
  new Reader(app, reader).addStackDependency(shelves[0]);
  new Archive(app);
  app.synth();
}
