import { Construct } from 'constructs';
import type { Settings, SiteSettings } from './contract/settings.js';
import type { SiteStage } from './site-stage.js';
import { DatabaseStack } from './stacks/database-stack.js';

export interface EventStageProps {
  readonly settings: Settings;
  /** Site recovered to. */
  readonly site: SiteSettings;
  /** What stands there. */
  readonly standing: SiteStage;
  /** The event's id, which is the generation of the database it restored. */
  readonly event: string;
}

/** What a recovery adds to a site that stands: regional, and without roles, buckets, load balancers, names or certificates. */
export class EventStage extends Construct {
  constructor(scope: Construct, id: string, { settings, site, standing, event }: EventStageProps) {
    super(scope, id);
    new DatabaseStack(this, 'Database', {
      settings,
      site: { ...site, databaseGeneration: event },
      network: standing.network.network,
      data: standing.data,
      event,
    });
  }
}
