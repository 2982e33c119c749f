import { describe, expect, it } from '@jest/globals';
import { complaintInWords, healthComplaintOf } from '../../src/provision/aws/health-complaint.ts';

const TASK = 'f1d2d2f924e986ac86fdf7b36c94bcdf';
const stopped = {
  taskArn: `arn:aws:ecs:eu-west-1:111111111111:task/nonprod/${TASK}`,
  stoppedReason: 'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:tg/api)',
};
const said = (task: string, reason: string) => ({
  message: `(service api)${task} (port 8081) is unhealthy in (target-group arn:tg/api) due to (reason ${reason})`,
});

describe('a health check that fails', () => {
  it.each([
    ['Health checks failed with these codes: [500]', 'health check returns 500'],
    ['Health checks failed with these codes: [502, 503]', 'health check returns 502, 503'],
    ['Request timed out', 'health check gets no answer in time'],
    ['Health checks failed', 'health check gets no connection'],
    ['Something that AWS will say one day', undefined],
  ])('%s: %s', (description, words) => {
    expect(complaintInWords(description)).toBe(words);
  });

  it('is told by the event of the very task, or by the newest when events name none', () => {
    const mine = said(` (task ${TASK})`, 'Health checks failed with these codes: [500].');
    expect(healthComplaintOf(stopped, [said(' (task other)', 'Request timed out'), mine])).toBe(
      'health check returns 500',
    );
    expect(healthComplaintOf(stopped, [said('', 'Request timed out')])).toBe('health check gets no answer in time');
    expect(healthComplaintOf(stopped, [said('', 'A new reason')])).toBe('health check fails: A new reason');
  });

  it('is not the cause of a task that stopped for another reason, nor one that no event explains', () => {
    const crashed = { ...stopped, stoppedReason: 'Essential container in task exited' };
    expect(healthComplaintOf(crashed, [said('', 'Request timed out')])).toBeUndefined();
    expect(healthComplaintOf(stopped, [{ message: '(service api) has started 1 tasks' }])).toBeUndefined();
  });
});
