import { describe, expect, it } from '@jest/globals';
import { parseSecretReference, secretValueFrom } from '../../src/domain/secret-reference.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mayfly/vol-7/database-AbCdEf';

describe('parseSecretReference', () => {
  it.each([
    { text: '/app/dev/key', is: { kind: 'parameter', name: '/app/dev/key' } },
    { text: 'APP-API', is: { kind: 'secret', secret: 'APP-API', key: null, stage: null, version: null } },
    {
      text: 'APP-API:password',
      is: { kind: 'secret', secret: 'APP-API', key: 'password', stage: null, version: null },
    },
    {
      text: 'APP-API:password::',
      is: { kind: 'secret', secret: 'APP-API', key: 'password', stage: null, version: null },
    },
    {
      text: 'APP:k:AWSPREVIOUS:',
      is: { kind: 'secret', secret: 'APP', key: 'k', stage: 'AWSPREVIOUS', version: null },
    },
    { text: arn, is: { kind: 'secret', secret: arn, key: null, stage: null, version: null } },
    { text: `${arn}:password::v1`, is: { kind: 'secret', secret: arn, key: 'password', stage: null, version: 'v1' } },
  ])('reads $text', ({ text, is }) => {
    expect(parseSecretReference(text)).toEqual(is);
  });

  it.each(['', ':key', 'a b', 'name:key:stage', 'name:a:b:c:d', '/', '/a//b', '/a b', `${arn}:a:b`])(
    'refuses %j',
    (text) => {
      expect(parseSecretReference(text)).toBeUndefined();
    },
  );

  it.each(['rds!db-1', 'rds!db-1:password', arn.replace('mayfly/vol-7/', 'rds!')])(
    'refuses %j: what an AWS service keeps for itself may be the password of Mayfly’s own database',
    (text) => {
      expect(parseSecretReference(text)).toBeUndefined();
    },
  );
});

describe('secretValueFrom', () => {
  it.each([
    ['/app/dev/key', '/app/dev/key'],
    ['APP', arn],
    ['APP:password', `${arn}:password::`],
    ['APP:password:S:V', `${arn}:password:S:V`],
  ])('writes %s as ECS takes it', (text, valueFrom) => {
    const reference = parseSecretReference(text);
    expect(reference && secretValueFrom(reference, arn)).toBe(valueFrom);
  });
});
