import { DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { stackName } from '../stack-name.js';

export interface AltsiteStackProps {
  readonly settings: Settings;
  readonly region: string;
  /** Production's where nothing is said. */
  readonly account?: string;
  /** Absent for what belongs to no site. */
  readonly site?: SiteSettings;
  readonly description: string;
  /** Absent: made of organisation, site and id. */
  readonly named?: string;
  /** Recovery event that it belongs to, where it is not part of what stands. */
  readonly event?: string;
  /** Refuses `cdk destroy`: for stacks whose loss would lose data or the way to it. */
  readonly holdsData?: boolean;
}

/** A stack whose account, region and name come from settings, that asks AWS nothing while it is synthesised. */
export class AltsiteStack extends Stack {
  constructor(scope: Construct, id: string, props: AltsiteStackProps) {
    super(scope, id, {
      stackName: props.named ?? stackName(props.settings, props.site, id),
      description: props.description,
      env: { account: props.account ?? props.settings.account, region: props.region },
      terminationProtection: props.holdsData ?? false,
      tags: {
        'altsite:organisation': props.settings.organisation,
        'altsite:owner': props.settings.owner,
        'altsite:critical': String(props.settings.critical),
        ...(props.site ? { 'altsite:site': props.site.name } : {}),
        ...(props.event === undefined ? {} : { 'altsite:event': props.event }),
      },
      // The CLI checks the bootstrap version itself; a parameter for it would stand beside the one that people set.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
  }

  /** Whichever zones the region offers this account: named by CloudFormation, never by us, so any region will do. */
  override get availabilityZones(): string[] {
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }
}
