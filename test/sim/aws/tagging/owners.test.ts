import { describe, expect, it } from '@jest/globals';
import { allServices } from '../../../../sim/aws/services.ts';
import { owners } from '../../../../sim/aws/tagging/owners.ts';
import { createWorld } from '../../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';

describe('every owner of tags', () => {
  const world = createWorld({ clock: createSteppedClock() });

  it.each([...owners])('%s has the operations that it is called with', (_, owner) => {
    const { handlers } = owner.service(world);
    expect(Object.keys(handlers)).toEqual(
      expect.arrayContaining([owner.tag('a:b', {}, world).operation, owner.untag('a:b', [], world).operation]),
    );
  });

  it('is one of the services of the local cloud', () => {
    const names = allServices(world).map(({ signingName }) => signingName);
    expect(names).toEqual(
      expect.arrayContaining([...owners.values()].map(({ service }) => service(world).signingName)),
    );
  });
});
