const required = [
  'PORT',
  'SITE',
  'DATABASE_HOST',
  'DATABASE_PORT',
  'DATABASE_NAME',
  'DATABASE_USER',
  'DATABASE_PASSWORD',
  'WITNESS_BUCKET',
  'WITNESS_REGION',
  'EPOCH_KEY',
  'FENCE_LEASE_SECONDS',
];

/** What the application is told, from its environment alone. Throws one error that names everything missing. */
export const readConfiguration = (environment) => {
  const missing = required.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`the environment lacks ${missing.join(', ')}`);
  return {
    port: Number(environment.PORT),
    site: environment.SITE,
    imageVersion: environment.IMAGE_VERSION,
    /** `none`: the site stands by and has no database yet. */
    database:
      environment.DATABASE_HOST === 'none'
        ? undefined
        : {
            host: environment.DATABASE_HOST,
            port: Number(environment.DATABASE_PORT),
            database: environment.DATABASE_NAME,
            user: environment.DATABASE_USER,
            password: environment.DATABASE_PASSWORD,
            // Verified: by name, and by an authority that the image trusts. Only where a database speaks no TLS, `off` says so.
            ssl: environment.DATABASE_SSL !== 'off',
          },
    witness: {
      bucket: environment.WITNESS_BUCKET,
      key: environment.EPOCH_KEY,
      region: environment.WITNESS_REGION,
      endpoint: environment.AWS_ENDPOINT_URL,
      credentials: {
        accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: environment.AWS_SESSION_TOKEN,
      },
    },
    leaseSeconds: Number(environment.FENCE_LEASE_SECONDS),
    claimFirstEpoch: environment.FENCE_CLAIM_FIRST_EPOCH === 'true',
  };
};
