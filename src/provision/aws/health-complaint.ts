import type { ServiceEvent, Task } from '@aws-sdk/client-ecs';

/** What ELB describes a failing health check by, which ECS repeats in the service's events, in plain words. */
export function complaintInWords(description: string): string | undefined {
  const codes = /\[([\d, ]+)\]/.exec(description)?.[1];
  if (codes !== undefined) {
    return `health check returns ${codes}`;
  }
  if (/timed out/i.test(description)) {
    return 'health check gets no answer in time';
  }
  return /^health checks failed$/i.test(description) ? 'health check gets no connection' : undefined;
}

/**
 * Why the load balancer found a task unhealthy, when that is why ECS stopped it. The task itself says only that it
 * "failed ELB health checks", and its target is gone with it; the service's newest 100 events keep the answer:
 * "(service x) (task y) (port 80) is unhealthy in (target-group z) due to (reason Health checks failed with these
 * codes: [500])" (Amazon ECS Developer Guide, service event messages).
 */
export function healthComplaintOf(task: Task, events: readonly ServiceEvent[]): string | undefined {
  if (!/failed ELB health checks/i.test(task.stoppedReason ?? '')) {
    return undefined;
  }
  const id = task.taskArn?.split('/').at(-1) ?? '';
  const complaints = events.map((event) => event.message ?? '').filter((said) => UNHEALTHY.test(said));
  const message = complaints.find((said) => said.includes(id)) ?? complaints[0];
  const description = UNHEALTHY.exec(message ?? '')?.[1];
  return description === undefined
    ? undefined
    : (complaintInWords(description) ?? `health check fails: ${description}`);
}

const UNHEALTHY = /is unhealthy in .* due to \(reason (.*)\)\.?$/;
