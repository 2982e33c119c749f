import { describe, expect, it } from '@jest/globals';
import { createJudge, decide } from '../../../../sim/aws/authorisation/decide.ts';
import { parsePolicy } from '../../../../sim/aws/authorisation/policy.ts';

const BUCKET = 'arn:aws:s3:::logs';

function policy(...statements: object[]) {
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

function asked(statements: object[], action: string, resource = `${BUCKET}/a`) {
  const request = { action, resource, context: new Map<string, string>() };
  const decision = decide(policy(...statements), request);
  expect(createJudge(policy(...statements))(request)).toEqual(decision);
  return decision.isAllowed ? 'allowed' : decision.because;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe('a policy', () => {
  const everything = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

  it('denies what no statement allows', () => {
    expect(asked([everything], 'sqs:SendMessage')).toBe('no-allow');
    expect(asked([{ ...everything, Resource: `${BUCKET}/b*` }], 's3:GetObject')).toBe('no-allow');
  });

  it('denies what one statement denies, whatever the others allow', () => {
    const statements = [everything, { Effect: 'Deny', Action: 's3:Delete*', Resource: `${BUCKET}/*` }];
    expect(asked(statements, 's3:DeleteObject')).toBe('explicit-deny');
    expect(asked(statements, 's3:GetObject')).toBe('allowed');
    expect(asked(statements, 's3:DeleteObject', 'arn:aws:s3:::other/a')).toBe('allowed');
  });

  it('names actions in any case', () => {
    expect(asked([{ ...everything, Action: 'S3:getobject' }], 's3:GetObject')).toBe('allowed');
  });

  it('allows all but what NotAction and NotResource name', () => {
    const all = { Effect: 'Allow', NotAction: ['iam:*'], NotResource: `${BUCKET}/secret` };
    expect(asked([all], 's3:GetObject')).toBe('allowed');
    expect(asked([all], 'iam:CreateUser')).toBe('no-allow');
    expect(asked([all], 's3:GetObject', `${BUCKET}/secret`)).toBe('no-allow');
  });

  it('needs every condition of a statement', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/A': '1', 'aws:ResourceTag/B': '2' } };
    const statements = policy({ ...everything, Condition });
    const request = { action: 's3:GetObject', resource: `${BUCKET}/a` };
    const both = new Map([
      ['aws:resourcetag/a', '1'],
      ['aws:resourcetag/b', '2'],
    ]);
    expect(decide(statements, { ...request, context: both }).isAllowed).toBe(true);
    expect(decide(statements, { ...request, context: new Map([['aws:resourcetag/a', '1']]) }).isAllowed).toBe(false);
  });

  it.each([
    ['another version', { Version: '2008-10-17', Statement: [everything] }],
    ['a principal', { Version: '2012-10-17', Statement: [{ ...everything, Principal: '*' }] }],
    ['an effect of its own', { Version: '2012-10-17', Statement: [{ ...everything, Effect: 'Maybe' }] }],
    ['no resource', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*' }] }],
    ['a variable', { Version: '2012-10-17', Statement: [{ ...everything, Resource: `${BUCKET}/\${aws:username}` }] }],
    [
      'an operator that is not known',
      {
        Version: '2012-10-17',
        Statement: [{ ...everything, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
      },
    ],
  ])('is refused with %s', (_, document) => {
    expect(() => parsePolicy(JSON.stringify(document))).toThrow();
  });
});
