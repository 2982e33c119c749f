import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

describe('GetCallerIdentity', () => {
  it("names the world's account", async () => {
    const clock = createSteppedClock();
    const world = createWorld({ clock, accountId: '111111111111' });
    const { client } = await startSteppedAws({ clock, world });
    const identity = await new STSClient(client).send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe('111111111111');
    expect(identity.Arn).toMatch(/^arn:aws:iam::111111111111:user\//);
  });
});
