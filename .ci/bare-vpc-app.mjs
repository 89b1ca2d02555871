// The app that bench-synth.mjs compares production with: one stack, one VPC.
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';

new Vpc(new Stack(new App(), 'Bare'), 'Vpc');
