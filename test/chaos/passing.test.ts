import { describe, expect, it } from '@jest/globals';
import { passingOfAws, passingOfGitHub } from '../../sim/chaos/gate/passing.ts';

function aws(operation: string, input: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
  const call = { service: 'rds', operation, input, requestId: '', headers, wireCodeOf: () => '' };
  return passingOfAws(call, 'pr');
}

function github(method: string, path: string, headers: Record<string, string> = {}) {
  const url = new URL(path, 'http://127.0.0.1');
  return passingOfGitHub({ method, url, headers, body: '', operation: 'some/operation' }, 'pr');
}

describe('a request on its way into a simulator', () => {
  it('is about the same in every run and for every pull request', () => {
    const one = aws('DescribeDBInstances', { DBInstanceIdentifier: 'nonprod-pr-7-0', MaxRecords: 100 });
    const other = aws('DescribeDBInstances', { DBInstanceIdentifier: 'nonprod-pr-1729-0', MaxRecords: 100 });
    expect(one.subject).toBe('nonprod-pr-N-#');
    expect(other.subject).toBe(one.subject);
    expect(github('GET', '/repos/a/b/commits/0123456789abcdef/check-runs?app_id=4').subject).toBe(
      '/commits/#/check-runs?app_id=#',
    );
  });

  it('belongs to the environment that is looked at, and to all that it names', () => {
    const look = { 'x-chaos-look': encodeURIComponent('acme/shop#7') };
    expect(aws('ListCertificates', {}, look).environments).toEqual(['pr-7']);
    expect(aws('DescribeServices', { services: ['a-pr-7-web', 'a-pr-8-web'] }, look).environments).toEqual([
      'pr-7',
      'pr-8',
    ]);
    expect(github('GET', '/repos/a/b/pulls/7', look).environments).toEqual(['pr-7']);
    expect(github('GET', '/app').environments).toEqual([]);
  });

  it('changes something unless it is a look', () => {
    expect(aws('DescribeDBInstances', {}).mutates).toBe(false);
    expect(aws('CreateDBInstance', {}).mutates).toBe(true);
    expect(github('GET', '/app').mutates).toBe(false);
    expect(github('PATCH', '/repos/a/b/check-runs/1').mutates).toBe(true);
  });
});
