import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld, type World } from '../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../sim/clock.ts';
import { clone, TAGS, task, witnessOf } from './healthy-case.ts';

let world: World;

beforeEach(() => {
  world = createWorld({ clock: createSteppedClock() });
});

function taskOf(environment: string) {
  return { ...task(environment), id: environment, tags: { ...TAGS, Environment: environment } };
}

describe('the witness', () => {
  it.each([
    ['a list', { Tags: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })) }],
    ['a list in lower case', { tags: Object.entries(TAGS).map(([key, value]) => ({ key, value })) }],
    ['a map', { tags: TAGS }],
  ])('remembers what was made, by the tags in the request, given as %s', (_, input) => {
    const witness = witnessOf(world);
    witness.see({ operation: 'CreateRule', input });
    expect(witness.made).toEqual([expect.objectContaining({ environment: 'pr-7', name: 'nonprod-pr-7-web' })]);
    expect(witness.seen).toEqual([]);
  });

  it('reports what was made without our tags, once', () => {
    const witness = witnessOf(world);
    witness.see({ operation: 'CreateTargetGroup', input: { Name: 'x' } });
    witness.see({ operation: 'CreateTargetGroup', input: { Name: 'x' } });
    expect(witness.seen).toEqual([expect.objectContaining({ statement: 6, subject: 'CreateTargetGroup' })]);
  });

  it('reports a call whose answer was lost, and none that was refused or that was made by somebody else', () => {
    const witness = witnessOf(world);
    witness.see({ operation: 'CreateTargetGroup', outcome: 'ValidationError' });
    witness.see({ operation: 'CreateTargetGroup', accessKeyId: 'local' });
    witness.see({ operation: 'RegisterTargets' });
    expect(witness.seen).toEqual([]);
    witness.see({ operation: 'CreateTargetGroup', outcome: 'dropped' });
    expect(witness.seen).toHaveLength(1);
  });

  it('sees an instant at which more environments stood than may', () => {
    const witness = witnessOf(world, 1);
    world.ecs.tasks.set('1', taskOf('pr-1'));
    witness.see({ operation: 'RunTask', input: { tags: TAGS } });
    expect(witness.seen).toEqual([]);
    world.ecs.tasks.set('2', taskOf('pr-2'));
    witness.see({ operation: 'RunTask', input: { tags: TAGS } });
    world.ecs.tasks.delete('2');
    expect(witness.seen).toEqual([
      expect.objectContaining({ statement: 11, says: '2 environments held something at once (pr-1, pr-2), and 1 may' }),
    ]);
  });

  it('sees a clone that is a full copy, because its source had no clone left', () => {
    const witness = witnessOf(world);
    world.rds.clusters.set('one', clone('one'));
    witness.see({ operation: 'RestoreDBClusterToPointInTime', input: { tags: TAGS } });
    expect(witness.seen).toEqual([]);
    world.rds.clusters.set('two', clone('two', false));
    witness.see({ operation: 'RestoreDBClusterToPointInTime', input: { tags: TAGS } });
    expect(witness.seen).toEqual([
      expect.objectContaining({ statement: 11, says: expect.stringContaining('two is a') }),
    ]);
  });

  it('keeps in mind the passwords that AWS was given', () => {
    const witness = witnessOf(world);
    witness.see({ operation: 'ModifyDBCluster', input: { MasterUserPassword: 'correct-horse' } });
    expect([...witness.secrets]).toEqual(['correct-horse']);
  });

  it('takes for a bystander whatever stood before and is not ours', () => {
    world.ecs.tasks.set('1', { ...taskOf('pr-1'), tags: { Owner: 'them' } });
    world.ecs.tasks.set('2', taskOf('pr-2'));
    expect([...witnessOf(world).bystanders.values()].map(({ name }) => name)).toEqual(['pr-1']);
  });
});
