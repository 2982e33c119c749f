import type { IssueEvent } from '../entities/issue-event.ts';
import type { Label } from '../entities/label.ts';
import type { PullRequestScene } from '../webhooks/emit.ts';
import type { World } from '../world.ts';

/** Adds to what a pull request's page tells of itself. */
export function noteEvent(
  world: World,
  { pullRequest, actor }: PullRequestScene,
  { event, label }: { event: IssueEvent['event']; label?: Label },
): void {
  pullRequest.events.push({
    id: world.store.nextId(),
    event,
    actor,
    at: world.clock.now(),
    label: label && { name: label.name, color: label.color },
  });
}
