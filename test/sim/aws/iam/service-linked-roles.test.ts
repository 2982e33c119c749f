import {
  AttachRolePolicyCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  TagRoleCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { startAccount } from './account.ts';

const RoleName = 'AWSServiceRoleForECS';

describe('a service-linked role', () => {
  it('is made once for a service that has one', async () => {
    const { iam } = await startAccount();
    const create = async (AWSServiceName: string) =>
      await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
    expect((await create('ecs.amazonaws.com')).Role?.Arn).toBe(
      'arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
    );
    await expect(create('ecs.amazonaws.com')).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('has been taken in this account'),
    });
    await expect(create('none.amazonaws.com')).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('takes a description and tags, and is otherwise changed and deleted by its service alone', async () => {
    const { iam } = await startAccount();
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    await iam.send(new UpdateRoleCommand({ RoleName, Description: 'ours' }));
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: '1' }] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ Description: 'ours', Tags: [{ Key: 'a', Value: '1' }] });

    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    for (const refused of [
      iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
      iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 })),
      iam.send(new DeleteRoleCommand({ RoleName })),
    ]) {
      await expect(refused).rejects.toMatchObject({ name: 'UnmodifiableEntityException' });
    }
  });

  it('goes by a task that can be asked after', async () => {
    const { iam } = await startAccount();
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
    const status = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));

    expect(status.Status).toBe('SUCCEEDED');
    await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(
      iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId: 'task/none' })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
