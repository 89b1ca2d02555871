import type { Settings, SiteSettings } from './contract/settings.js';

/** Name of a stack: by site, never by role, so that a swap of roles renames nothing. */
export const stackName = (settings: Settings, site: SiteSettings | undefined, id: string): string =>
  [settings.organisation, site?.name, id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()].filter(Boolean).join('-');
