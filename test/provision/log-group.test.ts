import { AssociateKmsKeyCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Desired } from '../../src/reconcile/provisioner.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { createScene, type Scene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

const keyNumbered = (number: number): string =>
  `arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-00000000000${number}`;

const groupUnder = (scene: Scene, kmsKeyId: string | null): Desired<'log-group'> =>
  scene.desire('log-group', 'api', { retentionDays: 7, kmsKeyId });

async function keyOf({ name }: Desired<'log-group'>): Promise<string | undefined> {
  const found = await cloud.clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return found.logGroups?.[0]?.kmsKeyId;
}

describe('log group', () => {
  it('is encrypted from its first moment', async () => {
    const scene = createScene(cloud);
    const desired = groupUnder(scene, keyNumbered(1));
    const fault = cloud.aws.faults.add({
      operation: 'PutRetentionPolicy',
      times: 1,
      effect: { kind: 'error', code: 'OperationAbortedException', status: 400 },
    });
    await expect(scene.provisioner('log-group').ensure(desired, { state: 'absent' })).rejects.toMatchObject({
      reason: 'NotReady',
    });
    cloud.aws.faults.remove(fault);
    expect(await keyOf(desired)).toBe(keyNumbered(1));
  });

  it.each([
    { before: null, after: keyNumbered(1), reason: 'the platform got a key' },
    { before: keyNumbered(1), after: keyNumbered(2), reason: 'it got another' },
    { before: keyNumbered(1), after: null, reason: 'it gave its key up' },
  ])('follows the platform: $reason', async ({ before, after }) => {
    const scene = createScene(cloud);
    await scene.settle(groupUnder(scene, before));
    const desired = groupUnder(scene, after);
    expect(await scene.provisioner('log-group').observe(desired)).toMatchObject({ state: 'drifted', drift: ['key'] });
    await scene.settle(desired);
    expect(await keyOf(desired)).toBe(after ?? undefined);
  });

  it('goes back to the key of the platform after somebody gave it another', async () => {
    const scene = createScene(cloud);
    const desired = groupUnder(scene, keyNumbered(1));
    await scene.settle(desired);
    await cloud.clients.logs.send(new AssociateKmsKeyCommand({ logGroupName: desired.name, kmsKeyId: keyNumbered(2) }));
    await scene.settle(desired);
    expect(await keyOf(desired)).toBe(keyNumbered(1));
  });

  it.each([
    { operation: 'CreateLogGroup', stands: false },
    { operation: 'AssociateKmsKey', stands: true },
  ])(
    'says what to do where the key may not be used, when it meets that in $operation',
    async ({ operation, stands }) => {
      const scene = createScene(cloud);
      if (stands) {
        await scene.settle(groupUnder(scene, null));
      }
      const desired = groupUnder(scene, keyNumbered(1));
      const observed = await scene.provisioner('log-group').observe(desired);
      const fault = cloud.aws.faults.add({
        operation,
        effect: {
          kind: 'error',
          code: 'AccessDeniedException',
          status: 400,
          message: `The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:123456789012:log-group:${desired.name}'`,
        },
      });
      const refused = scene.provisioner('log-group').ensure(desired, observed);
      await expect(refused).rejects.toMatchObject({
        reason: 'LogKeyRefused',
        actor: 'operator',
        message: expect.stringMatching(/logs\.kmsKeyArn/) as unknown,
      });
      await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('123456789012') as unknown });
      cloud.aws.faults.remove(fault);
    },
  );
});
