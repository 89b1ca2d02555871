import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { twinCommand } from '../../twin/cli.js';

describe('a twin command that cannot be carried out', () => {
  let printed = '';
  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    [['--bogus'], 'unknown option'],
    [['--port', 'x'], 'not a port'],
    [['fault'], "missing required argument 'name'"],
    [['fault', 'region-outage', '--twin', 'http://192.0.2.1:4577'], 'not a loopback URL'],
    [['fault', 'throttling', '--with', '["rds"]'], 'is not a JSON object'],
    [['stop', '--twin', 'http://example.com'], 'not a loopback URL'],
  ])('says so in one JSON object, with exit code 2: %j', async (argv, message) => {
    expect(await twinCommand([...argv, '--json'])).toBe(2);
    expect(JSON.parse(printed)).toMatchObject({ error: { kind: 'invalid', message: expect.stringContaining(message), problems: [] } });
  });
});
