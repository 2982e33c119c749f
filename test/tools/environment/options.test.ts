import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../../../tools/environment/options.ts';

const env = { AWS_REGION: 'eu-west-1', STATE_BUCKET: 'states' };

describe('the command line of npm run environment', () => {
  it('takes region and bucket from the process environment', () => {
    expect(parseOptions(['list'], env)).toMatchObject({
      action: 'list',
      region: 'eu-west-1',
      state: { bucket: 'states', region: 'eu-west-1' },
      checksDelegation: true,
    });
  });

  it('reads what is asked for', () => {
    const { wish } = parseOptions(
      ['create', 'payments', '--ttl', '3d', '--image', 'web=x:1', '--image', 'api=y@sha256:0=', '--pull-request', '7'],
      env,
    );
    expect(wish).toMatchObject({ ttlSeconds: 259_200, images: { web: 'x:1', api: 'y@sha256:0=' }, pullRequest: 7 });
  });

  it("asks nobody about an emulator's zone, which is in no DNS", () => {
    expect(parseOptions(['list'], { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).checksDelegation).toBe(false);
  });

  it.each([
    [[], 'An action is missing'],
    [['creat', 'payments'], 'There is no action `creat`'],
    [['create'], '`create` takes one name'],
    [['destroy', 'a', 'b'], '`destroy` takes one name'],
    [['list', 'payments'], '`list` takes no name'],
    [['create', 'payments', '--ttl', 'long'], '--ttl:'],
    [['create', 'payments', '--image', 'web'], '--image: `web` is not service=image'],
    [['create', 'payments', '--pull-request', 'x'], '--pull-request: `x` is not the number of one'],
    [['list', '--state-bucket', 'a', '--state-dir', 'b'], 'not both'],
    [['list', '--colour'], '--colour'],
  ])('refuses %j', (args, sentence) => {
    expect(() => parseOptions(args, env)).toThrow(sentence);
  });

  it('refuses to guess where states are, or a region', () => {
    expect(() => parseOptions(['list'], { AWS_REGION: 'eu-west-1' })).toThrow('Nothing says where states are kept');
    expect(() => parseOptions(['list'], { STATE_BUCKET: 'states' })).toThrow('A region is missing');
  });
});
