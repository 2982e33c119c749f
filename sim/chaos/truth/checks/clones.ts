import { clusterBehind } from '../../../aws/rds/reachability.ts';
import type { Cluster } from '../../../aws/rds/state.ts';
import type { IssueComment } from '../../../github/entities/issue-comment.ts';
import type { Case, JudgedCloud, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { isOurs } from '../our-tags.ts';
import { tasksOf } from '../served.ts';
import { isPartOf } from '../standing.ts';
import { type Violation, violation } from '../violation.ts';
import type { Made } from '../witness.ts';

/**
 * The clone of an environment is the last one that AWS was asked for, whatever runs is led to that one, and a fresh one
 * that somebody was promised is there. How many there are is counted elsewhere.
 */
export function checkClones({ cloud, pulls }: Case): Violation[] {
  return pulls
    .filter((pull) => isUp(pull) && pull.wanted !== 'absent' && pull.shape?.database === true)
    .flatMap((pull) => [...notTheNewest(cloud, pull), ...ledElsewhere(cloud, pull), ...brokenPromise(cloud, pull)]);
}

function clonesOf({ aws }: JudgedCloud, environment: string): Cluster[] {
  return [...aws.world.rds.clusters.values()].filter(({ tags }) => isOurs(tags) && tags['Environment'] === environment);
}

function newestOf({ witness }: JudgedCloud, environment: string): Made | undefined {
  return witness.made.findLast(
    (made) => made.environment === environment && made.operation.startsWith('RestoreDBCluster'),
  );
}

function notTheNewest(cloud: JudgedCloud, { environment }: PullCase): Violation[] {
  const newest = newestOf(cloud, environment);
  return clonesOf(cloud, environment)
    .filter(({ id }) => newest && id !== newest.name)
    .map(({ id }) => violation(0, environment, `its clone is ${id}, and the newest is ${newest?.name}`));
}

/** Of everything that names a database: names in the zone, and what running tasks were told. */
function ledElsewhere(cloud: JudgedCloud, { environment }: PullCase): Violation[] {
  const { world } = cloud.aws;
  const standing = clonesOf(cloud, environment).map(({ id }) => id);
  const told = tasksOf(world, environment).flatMap(({ containers }) =>
    containers.flatMap(({ definition, environment: given }) =>
      [...given].map(([name, value]) => ({ who: `${name} of ${definition.name}`, value })),
    ),
  );
  const named = [...world.route53.zones.values()]
    .flatMap(({ records }) => [...records.values()])
    .filter(({ Name = '' }) => isPartOf({ kind: 'record set', name: Name, tags: {} }, environment))
    .flatMap(({ Name, ResourceRecords = [] }) =>
      ResourceRecords.map(({ Value = '' }) => ({ who: `the name ${Name}`, value: Value })),
    );
  return [...told, ...named]
    .filter(({ value }) => /\.rds\.amazonaws\.com/.test(value))
    .filter(({ value }) => !standing.includes(clusterBehind(world, value)?.id ?? ''))
    .map(({ who, value }) =>
      violation(0, environment, `${who} leads to ${value}, and its clone is ${standing.join(', ') || 'not there'}`),
    );
}

const PROMISE = 'A fresh clone of the source in service takes the place';
const TAKEN_BACK = 'The database stays as it is';

/** In the words people read. One that was taken back later, for want of room, is none. */
function brokenPromise(cloud: JudgedCloud, { environment, number }: PullCase): Violation[] {
  const comments = [...cloud.github.store.repository(cloud.repository).comments.values()].filter(
    (comment) => comment.number === number,
  );
  const own = comments.filter(({ viaApp }) => viaApp);
  const promised = own.filter(({ body }) => body.includes(PROMISE)).flatMap((reply) => askedIn(reply, comments) ?? []);
  const last = promised.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime()).at(-1);
  const isTakenBack = own.some(
    ({ body, createdAt }) => last && body.includes(TAKEN_BACK) && createdAt >= last.createdAt,
  );
  const newest = newestOf(cloud, environment);
  return last && !isTakenBack && (!newest || newest.at < last.createdAt)
    ? [
        violation(
          0,
          environment,
          `a fresh clone was promised at ${last.createdAt.toISOString()}, and none was made since`,
        ),
      ]
    : [];
}

/** The comment that a reply answers. */
function askedIn({ body }: IssueComment, comments: readonly IssueComment[]): IssueComment | undefined {
  const id = Number(/<!-- mayfly:reply:(\d+) -->/.exec(body)?.[1]);
  return comments.find((comment) => comment.id === id);
}
