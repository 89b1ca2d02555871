import { siteNames } from './contract/names.js';
import { siteFactsSchema } from './contract/outputs.js';
import type { SiteFacts } from './contract/outputs.js';
import type { Settings, SiteSettings } from './contract/settings.js';
import { databaseShape } from './database-shape.js';

/** Everything a recovery must know of a site it can no longer ask. */
export const siteFacts = (settings: Settings, site: SiteSettings): SiteFacts => {
  const { originName, vault } = siteNames(settings, site);
  const { activeCount, image, healthPath } = settings.web;
  return siteFactsSchema.parse({
    site: site.name,
    region: site.region,
    account: settings.account,
    originName,
    vault,
    database: databaseShape(settings, site),
    web: { activeCount, image, healthPath },
  });
};
