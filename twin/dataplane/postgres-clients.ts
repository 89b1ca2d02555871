import { existsSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import type { PostgresHome } from './postgres-home.js';
import { adminUser } from './postgres-settings.js';

const anywhere = '127.0.0.0/8 scram-sha-256';
const fileOf = (directory: string): string => `${directory}.hba`;

/** Who may connect, and whether in the clear: written beside the cluster's folder, read when it starts or is told to. We always may. */
export const admitClients = async (directory: string, owner: PostgresHome['runAs'], onlyOverTls: boolean): Promise<void> => {
  const own = ['all', 'replication'].map((database) => `host ${database} ${adminUser} ${anywhere}\n`);
  await writeFile(fileOf(directory), [...own, `${onlyOverTls ? 'hostssl' : 'host'} all all ${anywhere}\n`].join(''));
  if (owner) await chown(fileOf(directory), owner.uid, owner.gid);
};

/** The file that says so; of a cluster that nobody has spoken of everybody who has a password may connect. */
export const clientsOf = async (directory: string, owner: PostgresHome['runAs']): Promise<string> => {
  if (!existsSync(fileOf(directory))) await admitClients(directory, owner, false);
  return fileOf(directory);
};
