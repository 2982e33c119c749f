import type { EnvironmentRecord } from '../../../src/reconcile/store.ts';
import type { PullRequest } from '../../github/entities/repository.ts';
import type { JudgedCloud, Wanted } from '../truth/case.ts';
import { checkTruth } from '../truth/check-truth.ts';
import type { Violation } from '../truth/violation.ts';
import type { Role } from './cast.ts';
import { pullsUnheard } from './heard.ts';
import type { Play } from './performance.ts';

/** What is untrue now, of the pull requests of this history and of all those before it. */
export async function judge(performance: Play, { deliveriesBefore = 0 } = {}): Promise<readonly Violation[]> {
  const { stage, cast } = performance;
  const { aws, github, seed, label, fetch, mayfly } = stage.cloud;
  const unheard = pullsUnheard(github.deliveries.slice(deliveriesBefore));
  const roles = new Map([...cast.values()].map((role) => [role.number, role]));
  const repository = github.store.repository(seed.repository);
  const records = new Map<number, EnvironmentRecord>();
  for (const number of roles.keys()) {
    const record = await mayfly.store.environment(`${seed.repository}#${number}`);
    if (record) {
      records.set(number, record);
    }
  }
  function wanted(pull: PullRequest): Wanted {
    const role = roles.get(pull.number);
    const isUnread = pull.head.repository !== repository && !role?.approved.has(pull.head.sha);
    if (!role || pull.state === 'closed' || isUnread) {
      return 'absent';
    }
    if (pull.head.repository !== repository) {
      // What it may is a matter of its base's blueprint.
      return 'either';
    }
    return wantedOf(role, {
      record: records.get(pull.number),
      isUnheard: unheard.has(pull.number),
      isLabelled: pull.labels.includes(label),
      now: aws.world.clock.now(),
    });
  }
  const cloud: JudgedCloud = {
    aws,
    github,
    repository: seed.repository,
    label,
    prefix: 'pr',
    slots: stage.slots,
    fetch,
    witness: stage.witness,
    store: mayfly.store,
    log: stage.log,
    wanted,
  };
  return [...(stage.greens?.seen ?? []), ...(await checkTruth(cloud))];
}

interface Known {
  readonly record: EnvironmentRecord | undefined;
  readonly isUnheard: boolean;
  readonly isLabelled: boolean;
  readonly now: Date;
}

/** An expiry that has come ends what was asked for; whether it came when it should, the watch over expiries tells. */
function wantedOf({ asked, unsure, commanded }: Role, { record, isUnheard, isLabelled, now }: Known): Wanted {
  // What came out of order is put right by what GitHub shows, where that says all there is to know.
  if ((unsure || isUnheard) && (commanded || asked !== isLabelled)) {
    return 'either';
  }
  const isExpired = record?.intent.releaseReason === 'expired' && record.intent.expiresAt <= now;
  return asked && !isExpired ? 'present' : 'absent';
}
