import { describe, expect, it } from '@jest/globals';
import { DEFAULT_HOST_TEMPLATE, hostProblem, hostTemplateProblem, renderHost } from '../../src/domain/hosts.ts';

const of = { prefix: 'api', environment: 'vol-7', zone: 'ephemeral.example.gov.uk' };

describe('renderHost', () => {
  it.each([
    [DEFAULT_HOST_TEMPLATE, 'api.vol-7.ephemeral.example.gov.uk'],
    ['{prefix}.{env}.{zone}', 'api.vol-7.ephemeral.example.gov.uk'],
    ['{env}.{service}.{zone}', 'vol-7.api.ephemeral.example.gov.uk'],
    ['{service}-{env}.{zone}', 'api-vol-7.ephemeral.example.gov.uk'],
  ])('makes of %s the host %s', (template, host) => {
    expect(hostTemplateProblem(template)).toBeUndefined();
    expect(renderHost(template, of)).toBe(host);
  });
});

describe('hostTemplateProblem', () => {
  it.each([
    ['{service}.{zone}', 'environments would share a host'],
    ['{env}.{zone}', 'services would share a host'],
    ['{service}.{env}.example.com', 'the zone is not ours to write'],
    ['{service}.{env}{zone}', 'the zone is part of a label'],
    ['{service}.{branch}.{env}.{zone}', 'a placeholder that is unknown'],
    ['{service}_{env}.{zone}', 'a character that certificates refuse'],
    ['{service}..{env}.{zone}', 'an empty label'],
  ])('refuses %s: %s', (template) => {
    expect(hostTemplateProblem(template)).toEqual(expect.any(String));
  });
});

describe('hostProblem', () => {
  it.each([
    [`${'a'.repeat(63)}.example.com`, 'a label of 63'],
    [`${'a.'.repeat(62)}comm`, '128 characters'],
  ])('takes %s: %s', (host) => {
    expect(hostProblem(host)).toBeUndefined();
  });

  it.each([
    [`${'a'.repeat(64)}.example.com`, 'a label of 64'],
    [`${'a.'.repeat(63)}com`, '129 characters'],
    ['localhost', 'no dot'],
    ['a.b.123', 'a number at the end'],
    ['-a.example.com', 'a hyphen in front'],
    ['a-.example.com', 'a hyphen at the end of a label'],
    ['a_b.example.com', 'an underscore'],
    ['A.example.com', 'upper case'],
    ['a.example.com.', 'a final dot'],
    ['a.example.com:80', 'a port'],
    ['*.example.com', 'a wildcard'],
    ['', 'nothing'],
  ])('refuses %s: %s', (host) => {
    expect(hostProblem(host)).toEqual(expect.any(String));
  });
});
