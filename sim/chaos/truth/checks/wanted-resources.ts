import type { Case, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import type { Shape } from '../shape.ts';
import { type Violation, violation } from '../violation.ts';

/** How many of a kind, exactly or at least. */
interface Owed {
  readonly what: string;
  readonly kinds: readonly string[];
  readonly count: number;
  readonly atLeast?: true;
}

/**
 * What is up has exactly what its head's blueprint asks for, counted kind by kind; and as many are up as are wanted and
 * have room.
 */
export function checkWantedResources({ cloud, pulls }: Case): Violation[] {
  const up = pulls.filter(isUp);
  const owed = up.filter(({ wanted }) => wanted !== 'absent');
  return [...owed.flatMap(differences), ...emptySlots(cloud.slots, pulls)];
}

function differences({ shape, things, environment }: PullCase): Violation[] {
  if (!shape) {
    return [];
  }
  const standing = things.filter(({ status }) => status !== 'INACTIVE');
  return owedTo(shape).flatMap(({ what, kinds, count, atLeast }) => {
    const found = standing.filter(({ kind }) => kinds.includes(kind)).length;
    const isRight = atLeast ? found >= count && (count > 0 || found === 0) : found === count;
    return isRight ? [] : [violation(0, environment, `it has ${found} ${what}, and its blueprint asks for ${count}`)];
  });
}

function owedTo({ services, tasks, database, users, secrets, parameters }: Shape): Owed[] {
  const doors = services.filter((service) => service.public).length;
  const workloads = services.length + tasks.length;
  const clones = database ? 1 : 0;
  return [
    { what: 'services', kinds: ['service'], count: services.length },
    { what: 'log groups', kinds: ['log group'], count: workloads },
    { what: 'task definitions', kinds: ['task definition'], count: workloads, atLeast: true },
    { what: 'target groups', kinds: ['target group'], count: doors },
    { what: 'listener rules', kinds: ['rule'], count: doors, atLeast: true },
    { what: 'record sets', kinds: ['record set'], count: doors > 0 ? 1 : 0, atLeast: true },
    { what: 'database clusters', kinds: ['DB cluster (clone)', 'DB cluster'], count: clones },
    { what: 'database instances', kinds: ['DB instance'], count: clones },
    { what: 'secrets', kinds: ['secret'], count: clones + users + secrets },
    { what: 'parameters', kinds: ['parameter'], count: parameters, atLeast: true },
    {
      what: 'running tasks',
      kinds: ['task'],
      count: services.reduce((total, service) => total + service.count, 0),
    },
  ];
}

/** Nobody waits while there is room. */
function emptySlots(slots: number, pulls: readonly PullCase[]): Violation[] {
  const owed = pulls.filter(({ wanted, shape }) => wanted === 'present' && shape);
  const waiting = owed.filter((pull) => !isUp(pull));
  const taken = pulls.filter(isUp).length;
  return taken >= slots
    ? []
    : waiting.map(({ environment }) =>
        violation(0, environment, `it is wanted and nothing of it stands, while ${taken} of ${slots} slots are taken`),
      );
}
