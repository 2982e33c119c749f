import { describe, expect, it } from '@jest/globals';
import { createRateLimits } from '../../../../sim/aws/guards/rate-limits.ts';
import type { Call } from '../../../../sim/aws/wire/guard.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';

function limits() {
  const clock = createSteppedClock();
  const guard = createRateLimits(clock);
  /** How many of `calls` in a row pass. */
  async function passing(calls: number, service: string, operation: string): Promise<number> {
    const call: Call = { service, operation, input: {}, requestId: '', headers: {}, wireCodeOf: ({ code }) => code };
    const results = await Promise.allSettled(Array.from({ length: calls }, async () => await guard(call, work)));
    return results.filter(({ status }) => status === 'fulfilled').length;
  }
  return { clock, guard, passing };
}

const work = async (): Promise<string> => await Promise.resolve('done');

describe('API rates', () => {
  it.each([
    { service: 'elasticloadbalancing', operation: 'CreateRule', burst: 20, perSecond: 3 },
    { service: 'elasticloadbalancing', operation: 'DescribeRules', burst: 40, perSecond: 10 },
    { service: 'elasticloadbalancing', operation: 'RegisterTargets', burst: 20, perSecond: 4 },
    { service: 'ecs', operation: 'RegisterTaskDefinition', burst: 20, perSecond: 1 },
    { service: 'ecs', operation: 'CreateService', burst: 50, perSecond: 5 },
    { service: 'route53', operation: 'ListResourceRecordSets', burst: 5, perSecond: 5 },
    { service: 'tagging', operation: 'GetResources', burst: 15, perSecond: 15 },
    { service: 'logs', operation: 'PutRetentionPolicy', burst: 5, perSecond: 5 },
  ])('let $burst calls of $service $operation through at once, then $perSecond a second', async (row) => {
    const { clock, passing } = limits();
    expect(await passing(100, row.service, row.operation)).toBe(row.burst);
    clock.advance(1);
    expect(await passing(100, row.service, row.operation)).toBe(row.perSecond);
    clock.advance(3600);
    expect(await passing(100, row.service, row.operation)).toBe(row.burst);
  });

  it("share the account's bucket between all calls of the load balancers", async () => {
    const { passing } = limits();
    expect(await passing(20, 'elasticloadbalancing', 'CreateRule')).toBe(20);
    expect(await passing(40, 'elasticloadbalancing', 'DescribeRules')).toBe(20);
  });

  it('share one bucket between everything Route 53 is asked', async () => {
    const { passing } = limits();
    expect(await passing(3, 'route53', 'ChangeResourceRecordSets')).toBe(3);
    expect(await passing(3, 'route53', 'GetChange')).toBe(2);
  });

  it('take nothing from other buckets for a call that is refused', async () => {
    const { passing } = limits();
    expect(await passing(60, 'elasticloadbalancing', 'CreateRule')).toBe(20);
    expect(await passing(40, 'elasticloadbalancing', 'DescribeRules')).toBe(20);
  });

  it.each([
    { service: 'elasticloadbalancing', operation: 'CreateRule', code: 'ThrottlingException' },
    { service: 'ecs', operation: 'RegisterTaskDefinition', code: 'ThrottlingException' },
    { service: 'route53', operation: 'GetChange', code: 'Throttling' },
    { service: 'tagging', operation: 'GetResources', code: 'ThrottledException' },
    { service: 'logs', operation: 'CreateLogGroup', code: 'ThrottlingException' },
  ])('refuse $service with its own code $code', async ({ service, operation, code }) => {
    const { guard, passing } = limits();
    await passing(100, service, operation);
    const call: Call = {
      service,
      operation,
      input: {},
      requestId: '',
      headers: {},
      wireCodeOf: (refusal) => refusal.code,
    };
    await expect(guard(call, work)).rejects.toMatchObject({ code, message: 'Rate exceeded' });
  });

  it('do not limit what AWS publishes no rate for', async () => {
    const { passing } = limits();
    expect(await passing(500, 'rds', 'DescribeDBClusters')).toBe(500);
  });
});
