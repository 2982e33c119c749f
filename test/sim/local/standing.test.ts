import { describe, expect, it } from '@jest/globals';
import { standingOf } from '../../../sim/local/playground/standing.ts';

const item = (kind: string, status: string, detail: Record<string, string> = {}) => ({
  service: 'x',
  kind,
  name: 'x',
  arn: 'x',
  status,
  tags: {},
  detail,
});

describe('how a resource stands', () => {
  it.each([
    [item('DB instance', 'creating'), 'coming'],
    [item('DB instance', 'available'), 'settled'],
    [item('DB instance', 'deleting'), 'leaving'],
    [item('DB instance', 'incompatible-network'), 'trouble'],
    [item('certificate', 'PENDING_VALIDATION'), 'coming'],
    [item('certificate', 'ISSUED'), 'settled'],
    [item('target group', 'no targets'), 'coming'],
    [item('target group', '1 healthy'), 'settled'],
    [item('target group', '1 healthy, 1 draining'), 'settled'],
    [item('target group', '1 unhealthy'), 'trouble'],
    [item('service', 'ACTIVE', { tasks: '0 of 1 running', rollout: 'IN_PROGRESS' }), 'coming'],
    [item('service', 'ACTIVE', { tasks: '0 of 1 running', rollout: 'COMPLETED' }), 'coming'],
    [item('service', 'ACTIVE', { tasks: '1 of 1 running', rollout: 'COMPLETED' }), 'settled'],
    [item('service', 'ACTIVE', { tasks: '0 of 1 running', rollout: 'FAILED' }), 'trouble'],
    [item('service', 'DRAINING', { tasks: '1 of 0 running', rollout: 'COMPLETED' }), 'leaving'],
    [item('task', 'PENDING', { group: 'service:api' }), 'coming'],
    [item('task', 'STOPPING', { group: 'service:api', reason: 'Scaling activity initiated by deployment' }), 'leaving'],
    [item('task', 'DEPROVISIONING', { group: 'service:api', reason: 'Essential container in task exited' }), 'trouble'],
    [
      item('task', 'DEPROVISIONING', { group: 'family:migrate', reason: 'Essential container in task exited' }),
      'leaving',
    ],
  ])('reads %j as %s', (read, standing) => {
    expect(standingOf(read)).toBe(standing);
  });
});
