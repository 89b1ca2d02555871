import { chown, writeFile } from 'node:fs/promises';
import type { CertificateAuthority } from './certificate-authority.js';
import type { PostgresHome } from './postgres-home.js';
import type { Place } from './postgres-settings.js';

/** Stands for RDS's own rotation: no certificate of a database ends while the twin is up. */
const notAfter = Date.UTC(2099, 0, 1);

/** Lays the certificate for what clients know the cluster by beside its folder, where no snapshot of it is taken along; the settings that have it shown. */
export const presentCertificate = async (
  { home, authority }: { readonly home: PostgresHome; readonly authority: CertificateAuthority },
  directory: string,
  { hostname }: Place,
): Promise<Record<string, string>> => {
  if (hostname === undefined) return {};
  const identity = authority.issue({ id: `database/${hostname}`, names: [hostname], keyAlgorithm: 'EC_prime256v1', notAfter });
  const files = { ssl_cert_file: `${directory}.crt`, ssl_key_file: `${directory}.key` };
  await writeFile(files.ssl_cert_file, identity.cert);
  // PostgreSQL refuses a key that others may read.
  await writeFile(files.ssl_key_file, identity.key, { mode: 0o600 });
  if (home.runAs) await chown(files.ssl_key_file, home.runAs.uid, home.runAs.gid);
  return { ssl: 'on', ...files };
};
