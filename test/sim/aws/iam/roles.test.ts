import {
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/iam/inventory.ts';
import { startAccount, trustPolicy } from './account.ts';

const RoleName = 'task';

describe('a role', () => {
  it('is read as it was made, with its trust policy URL-encoded', async () => {
    const { iam, createRole, world } = await startAccount();
    const Tags = [{ Key: 'Environment', Value: 'pr-7' }];
    await createRole({ Path: '/mayfly/', Description: 'runs <tasks> & "more"', MaxSessionDuration: 7200, Tags });

    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));

    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:role/mayfly/task',
      Path: '/mayfly/',
      RoleId: expect.stringMatching(/^AROA[0-9A-Z]{17}$/),
      Description: 'runs <tasks> & "more"',
      MaxSessionDuration: 7200,
      CreateDate: world.clock.now(),
      Tags,
    });
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trustPolicy);
    expect(inventoryOf(world)).toMatchObject([{ kind: 'role', name: RoleName, tags: { Environment: 'pr-7' } }]);
  });

  it('has a name of up to 64 legal characters, which case does not tell from another', async () => {
    const { createRole } = await startAccount();
    await createRole({ RoleName: 'a'.repeat(64) });
    await createRole({ RoleName: 'A_b+c=d,e.f@g-1' });

    await expect(createRole({ RoleName: 'a'.repeat(65) })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(createRole({ RoleName: 'a b' })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(createRole({ RoleName: 'A'.repeat(64) })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      Code: 'EntityAlreadyExists',
      message: `Role with name ${'A'.repeat(64)} already exists.`,
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('is refused with a path, a session or a trust policy that IAM does not take', async () => {
    const { createRole } = await startAccount();
    const withStatement = (statement: object) => ({
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    for (const wrong of [{ Path: 'mayfly' }, { MaxSessionDuration: 3599 }, { MaxSessionDuration: 43_201 }]) {
      await expect(createRole(wrong)).rejects.toMatchObject({ name: 'ValidationError' });
    }
    for (const wrong of [
      { AssumeRolePolicyDocument: '{' },
      { AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-18', Statement: [] }) },
      withStatement({ Effect: 'Allow', Action: 'sts:AssumeRole' }),
      withStatement({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }),
      withStatement({ Effect: 'Perhaps', Principal: '*', Action: 'sts:AssumeRole' }),
    ]) {
      await expect(createRole(wrong)).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
        $metadata: { httpStatusCode: 400 },
      });
    }
    const long = withStatement({ Effect: 'Allow', Principal: { AWS: 'a'.repeat(2048) }, Action: 'sts:AssumeRole' });
    await expect(createRole(long)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  it('changes its description, session and trust, each alone', async () => {
    const { iam, createRole } = await startAccount();
    await createRole({ Description: 'first' });
    const PolicyDocument = trustPolicy.replace('ecs-tasks', 'lambda');
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));

    expect(Role).toMatchObject({ Description: 'first', MaxSessionDuration: 7200 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PolicyDocument);
    const described = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'second' }));
    expect(described.Role?.Description).toBe('second');
  });

  it('has a boundary that is a managed policy which is there', async () => {
    const { iam, createRole, createPolicy } = await startAccount();
    const PermissionsBoundary = await createPolicy();
    await createRole({ PermissionsBoundary });
    const boundary = async () =>
      (await iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn;

    expect(await boundary()).toBe(PermissionsBoundary);
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    expect(await boundary()).toBeUndefined();
    const ofAws = 'arn:aws:iam::aws:policy/PowerUserAccess';
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: ofAws }));
    expect(await boundary()).toBe(ofAws);
    const none = new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: `${PermissionsBoundary}-2` });
    await expect(iam.send(none)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('has tags whose keys differ by more than their case', async () => {
    const { iam, createRole } = await startAccount();
    await createRole({ Tags: [{ Key: 'Owner', Value: 'a' }] });
    const tag = async (...keys: string[]) =>
      await iam.send(new TagRoleCommand({ RoleName, Tags: keys.map((Key) => ({ Key, Value: 'b' })) }));
    const tags = async () => (await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags;

    await tag('owner', 'Other');
    expect(await tags()).toEqual([
      { Key: 'owner', Value: 'b' },
      { Key: 'Other', Value: 'b' },
    ]);
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['OWNER', 'none'] }));
    expect(await tags()).toEqual([{ Key: 'Other', Value: 'b' }]);

    await expect(tag('x', 'X')).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(tag('aws:x')).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(tag(...Array.from({ length: 50 }, (_, index) => `k${index}`))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  it('is deleted only once nothing is attached to it, and then is not found', async () => {
    const { iam, createRole, createPolicy, attach } = await startAccount();
    await createRole();
    const PolicyArn = await createPolicy();
    await attach(PolicyArn);
    const remove = async () => await iam.send(new DeleteRoleCommand({ RoleName }));

    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await remove();

    for (const gone of [remove(), iam.send(new GetRoleCommand({ RoleName }))]) {
      await expect(gone).rejects.toMatchObject({
        name: 'NoSuchEntityException',
        Code: 'NoSuchEntity',
        message: 'The role with name task cannot be found.',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it('is listed by path, page by page, and has no instance profile', async () => {
    const { iam, createRole } = await startAccount();
    await createRole({ RoleName: 'a', Path: '/mayfly/' });
    await createRole({ RoleName: 'b' });
    await createRole({ RoleName: 'c', Path: '/mayfly/' });
    const first = await iam.send(new ListRolesCommand({ PathPrefix: '/mayfly/', MaxItems: 1 }));
    const { Marker } = first;
    const second = await iam.send(new ListRolesCommand({ PathPrefix: '/mayfly/', Marker }));

    expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'a' }] });
    expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: 'c' }] });
    await expect(iam.send(new ListRolesCommand({ MaxItems: 1001 }))).rejects.toMatchObject({ name: 'ValidationError' });
    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'a' }));
    expect(profiles.InstanceProfiles).toEqual([]);
  });
});
