import { describe, expect, it } from '@jest/globals';
import { parseSourceDeskConfig } from '../../src/config/source-desk.ts';

describe('what a command knows of the server', () => {
  it('is its database, and needs nothing of GitHub', () => {
    expect(parseSourceDeskConfig({ DATABASE_URL: 'postgres://mayfly@db.internal/mayfly', APP_ID: 'none' })).toEqual({
      store: {
        databaseUrl: 'postgres://mayfly@db.internal/mayfly',
        passwordSecret: undefined,
        caFile: undefined,
        dataDir: '.mayfly',
      },
      region: undefined,
      endpointUrl: undefined,
      platform: undefined,
    });
  });

  it('is the platform document too where that is named', () => {
    expect(parseSourceDeskConfig({ PLATFORM_PARAMETER: '/mayfly/platform', AWS_REGION: 'eu-west-1' })).toMatchObject({
      region: 'eu-west-1',
      platform: { parameter: '/mayfly/platform' },
    });
    expect(parseSourceDeskConfig({ PLATFORM_FILE: 'platform.json' })).toMatchObject({
      platform: { file: 'platform.json' },
    });
  });

  it.each([
    [{ DATABASE_SECRET: 'x' }, 'DATABASE_SECRET: is of no use without DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://m@db/mayfly', DATABASE_SECRET: 'x' }, 'AWS_REGION: is missing: DATABASE_SECRET'],
    [{ PLATFORM_PARAMETER: '/mayfly/platform' }, 'AWS_REGION: is missing: PLATFORM_PARAMETER'],
    [{ PLATFORM_PARAMETER: '/m', PLATFORM_FILE: 'p', AWS_REGION: 'eu-west-1' }, 'and not both'],
    [{ DATABASE_URL: 'mysql://m:secret@db/mayfly' }, 'DATABASE_URL: must be a postgres URL'],
  ])('is refused where %j cannot be used', (env, problem) => {
    expect(() => parseSourceDeskConfig(env)).toThrow(problem);
    expect(() => parseSourceDeskConfig(env)).not.toThrow('secret@');
  });
});
