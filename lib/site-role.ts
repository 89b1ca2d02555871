/** What a site is for when nothing is wrong; never part of a name, since an event can swap it. */
export type SiteRole = 'primary' | 'alternate';
