import { expect, it } from '@jest/globals';
import { withoutAws } from '../../../recovery/cli/cdk.js';

it('cdk gets nothing that could lead it to another AWS, or through a proxy', () => {
  const given = { PATH: '/bin', HOME: '/root', AWS_PROFILE: 'production', AWS_ENDPOINT_URL_S3: 'http://10.0.0.1', AWS_SESSION_TOKEN: 'x' };
  expect(withoutAws({ ...given, HTTPS_PROXY: 'http://10.0.0.2', http_proxy: 'http://10.0.0.2' })).toEqual({ PATH: '/bin', HOME: '/root' });
});
