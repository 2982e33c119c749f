import { describe, expect, it } from '@jest/globals';
import { isKnownOperator, meets } from '../../../../sim/aws/authorisation/condition.ts';

const context = new Map<string, string | string[]>([
  ['aws:requesttag/environment', 'preprod'],
  ['aws:tagkeys', ['environment', 'cost-center']],
  ['ecs:cluster', 'arn:aws:ecs:eu-west-1:123456789012:cluster/main'],
  ['aws:securetransport', 'true'],
]);

function met(operator: string, key: string, ...values: string[]): boolean {
  return meets({ operator, key, values }, context);
}

// The cases are those of the IAM User Guide: "Condition operators", "Single-valued vs. multivalued context keys".
describe('a condition', () => {
  it('is met by any of its values, whatever the case of its key', () => {
    expect(met('StringEquals', 'aws:RequestTag/Environment', 'production', 'preprod')).toBe(true);
    expect(met('StringEquals', 'aws:RequestTag/Environment', 'production', 'PREPROD')).toBe(false);
  });

  it('has wildcards only with Like', () => {
    expect(met('StringLike', 'aws:RequestTag/Environment', 'pre*')).toBe(true);
    expect(met('StringLike', 'aws:RequestTag/Environment', 'prepro?')).toBe(true);
    expect(met('StringEquals', 'aws:RequestTag/Environment', 'pre*')).toBe(false);
  });

  it('is not met by a key that is not there, unless it is negated or says IfExists', () => {
    expect(met('StringEquals', 'aws:ResourceTag/Owner', 'me')).toBe(false);
    expect(met('StringLike', 'aws:ResourceTag/Owner', '*')).toBe(false);
    expect(met('StringNotEquals', 'aws:ResourceTag/Owner', 'me')).toBe(true);
    expect(met('StringEqualsIfExists', 'aws:ResourceTag/Owner', 'me')).toBe(true);
    expect(met('StringEqualsIfExists', 'aws:RequestTag/Environment', 'me')).toBe(false);
  });

  it('is not met by any of the values of a negated operator', () => {
    expect(met('StringNotEquals', 'aws:RequestTag/Environment', 'production', 'preprod')).toBe(false);
    expect(met('StringNotLike', 'aws:RequestTag/Environment', 'prod*')).toBe(true);
  });

  it('asks with Null whether the key is there', () => {
    expect(met('Null', 'aws:TagKeys', 'false')).toBe(true);
    expect(met('Null', 'aws:TagKeys', 'true')).toBe(false);
    expect(met('Null', 'aws:ResourceTag/Owner', 'true')).toBe(true);
  });

  it('compares each part of an ARN by itself', () => {
    expect(met('ArnEquals', 'ecs:cluster', 'arn:aws:ecs:*:123456789012:cluster/*')).toBe(true);
    expect(met('ArnLike', 'ecs:cluster', 'arn:aws:ecs:*:cluster/main')).toBe(false);
  });

  it('reads a flag in any case', () => {
    expect(met('Bool', 'aws:SecureTransport', 'TRUE')).toBe(true);
  });

  it('of many values is met by all of them or by any', () => {
    expect(met('ForAllValues:StringEquals', 'aws:TagKeys', 'environment', 'cost-center', 'owner')).toBe(true);
    expect(met('ForAllValues:StringEquals', 'aws:TagKeys', 'environment')).toBe(false);
    expect(met('ForAnyValue:StringEquals', 'aws:TagKeys', 'environment')).toBe(true);
  });

  it('of all values of a key that is not there is met, and of any is not', () => {
    expect(met('ForAllValues:StringEquals', 'acm:DomainNames', 'a.example')).toBe(true);
    expect(met('ForAnyValue:StringEquals', 'acm:DomainNames', 'a.example')).toBe(false);
  });

  it('is not guessed at', () => {
    expect(() => met('StringEquals', 'aws:TagKeys', 'environment')).toThrow(/ForAllValues/);
    expect(() => met('DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z')).toThrow(/not known/);
    expect(['IpAddress', 'StringEqual', 'ForSomeValues:StringEquals'].filter(isKnownOperator)).toEqual([]);
  });
});
