import type { DatabaseSpec } from '../world/dataplane.js';
import type { PostgresServer } from './postgres-server.js';

/** Read with the first database: a twin without one starts sooner. */
const quoting = async () => {
  const { escapeIdentifier: identifier, escapeLiteral: literal } = (await import('pg')).default;
  return { identifier, literal };
};

/** The master user as RDS makes it: no superuser, a member of rds_superuser, owner of the database. */
export const introduceMaster = async (
  server: PostgresServer,
  { masterUsername, masterPassword, databaseName }: DatabaseSpec,
): Promise<void> => {
  const { identifier, literal } = await quoting();
  const master = identifier(masterUsername);
  await server.connected('postgres', async (client) => {
    await client.query(`create role rds_superuser`);
    await client.query(`grant pg_monitor, pg_signal_backend, pg_checkpoint to rds_superuser`);
    await client.query(`create role ${master} login createdb createrole in role rds_superuser password ${literal(masterPassword)}`);
    if (databaseName) await client.query(`create database ${identifier(databaseName)} owner ${master}`);
  });
};

export const setPassword = (server: PostgresServer, username: string, password: string): Promise<void> =>
  server.connected('postgres', async (client) => {
    const { identifier, literal } = await quoting();
    await client.query(`alter role ${identifier(username)} password ${literal(password)}`);
  });

/** Whether the server accepts a connection and answers the master user. */
export const answersAs = (server: PostgresServer, username: string): Promise<boolean> =>
  server
    .connected('postgres', async (client) => {
      const { identifier } = await quoting();
      await client.query(`set session authorization ${identifier(username)}`);
      await client.query('select 1');
    })
    .then(
      () => true,
      () => false,
    );
