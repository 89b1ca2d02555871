import type { Settings, SiteSettings } from './settings.js';

/**
 * Names that code and recovery agree on without asking anyone: derived from settings alone, so that no stack needs
 * an output of another region.
 */
export const siteNames = (settings: Settings, site: SiteSettings) => {
  const prefix = `${settings.organisation}-${site.name}`;
  return {
    prefix,
    originName: `${site.name}.origin.${settings.domain}`,
    vault: `${prefix}-vault`,
    /** Vault in a separate account that gets what is in the site's. */
    separateVault: `${prefix}-vault-separate`,
    keyAlias: `alias/${prefix}`,
    secret: `${prefix}-database`,
    /** Generation 1 is what the primary is first deployed with; a recovery makes the next. */
    database: (generation: number | string) => `${prefix}-db-${generation}`,
    cluster: prefix,
    service: `${prefix}-web`,
    /** What the names of all its log groups begin with. */
    logGroupsUnder: `/altsite/${prefix}/`,
    logGroup: `/altsite/${prefix}/web`,
    networkLogGroup: `/altsite/${prefix}/network`,
    alarm: `${prefix}-recovery-probe`,
    /** SNS topic of all alarms of the site. */
    alertTopic: `${prefix}-alerts`,
    /** SQS queue in which a recovery sees that an alarm's notification gets out. */
    alertQueue: `${prefix}-alerts-verification`,
    metricNamespace: 'Altsite',
    metricName: 'RecoveryProbe',
    switchBucket: `${prefix}-switch-${settings.account}`,
    /** Runs that recover to this site are kept here. */
    journalBucket: `${prefix}-journal-${settings.account}`,
    /** What customers upload. */
    uploadsBucket: `${prefix}-uploads-${settings.account}`,
    /** Fires when the vault's newest recovery point is too old. */
    recoveryPointAgeAlarm: `${prefix}-recovery-point-age`,
    /** SSM parameter the application reads at start: host name of the database it should use. */
    databaseEndpointParameter: `/altsite/${prefix}/database-endpoint`,
    /** SSM parameter with SiteOutputs as JSON, in the site's own region. */
    outputsParameter: `/altsite/${prefix}/outputs`,
  };
};

/** What `cdk bootstrap` makes in each region, with its qualifier as it comes; published assemblies are kept there too. */
export const bootstrapBucket = (account: string, region: string): string => `cdk-hnb659fds-assets-${account}-${region}`;

/** Repository of an image that is written `name@sha256:…`. */
export const repositoryOf = (image: string): string => image.replace(/@.*$/, '');

/** Objects in a site's switch bucket: this key exists while traffic has been taken over by that site. */
export const switchKey = 'cut-over';
/** Object in the witness bucket that holds the fence's epoch. */
export const epochKey = 'epoch.json';
/** SSM parameter in the alternate's region with what recovery must know about the lost site, as SiteFacts JSON. */
export const factsParameter = (settings: Settings, of: SiteSettings): string => `/altsite/${settings.organisation}-${of.name}/facts`;
/** SSM parameter in the alternate's region with GlobalOutputs as JSON. */
export const globalOutputsParameter = (settings: Settings): string => `/altsite/${settings.organisation}/global`;
/** A third-party secret: by one name in both regions, since a replica has its original's. */
export const thirdPartySecret = (settings: Settings, name: string): string => `${settings.organisation}/${name}`;
/** The recovery around its tasks: survey, plan, the store of runs, `altsite check`. */
export const orchestrator = 'orchestrator';
/** What the tasks of a team run as, or (`orchestrator`) the recovery around them. */
export const recoveryRoleName = ({ organisation }: Pick<Settings, 'organisation'>, of: string): string => `${organisation}-recovery-${of}`;
export const recoveryRoleArn = (settings: Pick<Settings, 'organisation' | 'account'>, of: string): string =>
  `arn:aws:iam::${settings.account}:role/${recoveryRoleName(settings, of)}`;
export const witnessBucket = (settings: Settings): string => `${settings.organisation}-witness-${settings.account}`;
