import type { Resource, Rule } from '../judged.js';
import { isObject, resourcesOfType, type PlacedResource } from '../walk.js';

const databases = (stack: Parameters<Rule['find']>[0]): PlacedResource[] => resourcesOfType(stack, 'AWS::RDS::DBInstance');
const properties = ({ Properties = {} }: Resource): Readonly<Record<string, unknown>> => Properties;

/** A property whose change makes a new instance of something else, and deletes the one there is (RDS, "AWS::RDS::DBInstance"). */
const origins = [
  'DBSnapshotIdentifier',
  'RestoreTime',
  'UseLatestRestorableTime',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];

export const databaseHasNoOrigin: Rule = {
  id: 'database-has-no-origin',
  summary: 'no database says in its template what it was restored from',
  why: 'a template with another snapshot, or none, has CloudFormation make a new database and delete the one there is: restore by API, adopt by import',
  find: (stack) =>
    databases(stack).flatMap(({ path, resource }) =>
      origins.filter((name) => name in properties(resource)).map((name) => ({ path, reason: `has ${name}` })),
    ),
};

export const databaseIsNamed: Rule = {
  id: 'database-is-named',
  summary: 'every database has an identifier of its own',
  why: 'a database without one cannot be named by a recovery that may ask nobody, nor imported under it, and a replacement goes through unnoticed',
  find: (stack) =>
    databases(stack).flatMap(({ path, resource }) =>
      typeof properties(resource)['DBInstanceIdentifier'] === 'string' ? [] : [{ path, reason: 'has no DBInstanceIdentifier' }],
    ),
};

export const databaseIsRetained: Rule = {
  id: 'database-is-retained',
  summary: 'a database is kept when its stack goes, and when it is replaced',
  why: 'whatever else goes wrong, the data is still there',
  find: (stack) =>
    databases(stack).flatMap(({ path, resource }) =>
      (['DeletionPolicy', 'UpdateReplacePolicy'] as const).flatMap((policy) =>
        resource[policy] === 'Retain' ? [] : [{ path, reason: `its ${policy} is ${resource[policy] ?? 'not set'}, not Retain` }],
      ),
    ),
};

export const databaseHasNoGeneratedLogin: Rule = {
  id: 'database-has-no-generated-login',
  summary: "a database's login is the site's, not one made with the database",
  why: 'a login that is made with a database is made anew with the next one, and the application that has the old one is locked out',
  find: (stack) =>
    databases(stack).flatMap(({ path, resource }) => {
      const { MasterUserPassword: password, ManageMasterUserPassword: managed } = properties(resource);
      if (managed === true) return [{ path, reason: 'has ManageMasterUserPassword' }];
      const made = Object.entries(stack.template.Resources ?? {}).find(
        ([id, { Type, Properties }]) =>
          Type === 'AWS::SecretsManager::Secret' &&
          isObject(Properties?.['GenerateSecretString']) &&
          JSON.stringify(password ?? null).includes(`"${id}"`),
      );
      return made ? [{ path, reason: `takes its password from ${made[0]}, which is made beside it` }] : [];
    }),
};
