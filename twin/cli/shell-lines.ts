/** Variables that send AWS clients elsewhere than the ones exported: another profile's keys, a session of another account, one service's endpoint. */
const misleading =
  /^AWS_(PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|DEFAULT_REGION|CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|CONTAINER_CREDENTIALS_.*|IGNORE_CONFIGURED_ENDPOINT_URLS|USE_(FIPS|DUALSTACK)_ENDPOINT|ENDPOINT_URL_.+)$/;
/** Unset whether or not they are there: the lines may be read by another shell than the one that printed them. */
const always = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

/** For a shell to read: away with what leads elsewhere, then what leads to the twin. */
export const shellLines = (
  environment: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string | undefined>>,
): string => {
  const away = new Set([...always, ...Object.keys(present).filter((name) => misleading.test(name) && !(name in environment))]);
  return [
    ...[...away].sort().map((name) => `unset ${name}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
    '',
  ].join('\n');
};

const quoted = (value: string): string => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`);
