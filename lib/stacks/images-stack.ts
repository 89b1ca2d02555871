import type { Construct } from 'constructs';
import { ImageRepository } from '../constructs/image-repository.js';
import { repositoryOf } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

export interface ImagesStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly other: SiteSettings;
}

/**
 * The site's registry as far as it is production's. Needs nothing and is needed by the service alone, so that it can stand, and have the
 * image, before anything is deployed that runs it.
 */
export class ImagesStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, site, other }: ImagesStackProps) {
    super(scope, id, { settings, site, region: site.region, description: `Container images of ${site.name}`, holdsData: true });
    const { image, imageReplication } = settings.web;
    new ImageRepository(this, 'Web', {
      repositoryName: repositoryOf(image),
      ...(imageReplication === 'owned' ? { replicateTo: { region: other.region, account: settings.account } } : {}),
    });
  }
}
