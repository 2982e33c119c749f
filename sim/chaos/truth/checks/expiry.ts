import type { Case, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { type Violation, violation } from '../violation.ts';

/** What has expired is gone, and has lost its label; what stands has not; its tags say when. */
export function checkExpiry({ cloud, pulls }: Case): Violation[] {
  const now = cloud.aws.world.clock.now();
  return pulls.flatMap((pull) => [...overdue(pull, now), ...stillLabelled(pull, cloud.label), ...wrongTags(pull)]);
}

/** A pass or two may go by. */
const GRACE_SECONDS = 600;

function overdue(pull: PullCase, now: Date): Violation[] {
  const expiries = pull.things.map(({ tags }) => Date.parse(tags['TTL'] ?? '')).filter((at) => !Number.isNaN(at));
  const latest = Math.max(...expiries, 0);
  const seconds = (now.getTime() - latest) / 1000;
  return isUp(pull) && latest > 0 && seconds > GRACE_SECONDS
    ? [violation(12, pull.environment, `its tags say that it expired ${Math.round(seconds)} s ago, and it stands`)]
    : [];
}

function stillLabelled({ record, pull, environment }: PullCase, label: string): Violation[] {
  if (record?.intent.state !== 'absent' || record.intent.releaseReason !== 'expired') {
    return [];
  }
  // One that somebody put on since, who may not, stands and asks for nothing.
  const putOnAt = pull.events.findLast((told) => told.event === 'labeled' && told.label?.name === label)?.at;
  const isOfBefore = putOnAt === undefined || putOnAt <= record.intent.expiresAt;
  return isOfBefore && pull.state === 'open' && pull.labels.includes(label)
    ? [violation(12, environment, 'it expired, and its label is still there')]
    : [];
}

/** The reaper has nothing else to go by. */
function wrongTags(pull: PullCase): Violation[] {
  const { record, environment, things } = pull;
  if (record?.intent.state !== 'present' || !isUp(pull)) {
    return [];
  }
  const expected = `${record.intent.expiresAt.toISOString().slice(0, 19)}Z`;
  const wrong = things.filter(
    ({ tags, kind, status }) =>
      !['task', 'task definition'].includes(kind) && status !== 'INACTIVE' && 'TTL' in tags && tags['TTL'] !== expected,
  );
  return wrong.map(({ kind, name, tags }) =>
    violation(12, environment, `the ${kind} ${name} says that it expires ${tags['TTL']}, and it expires ${expected}`),
  );
}
