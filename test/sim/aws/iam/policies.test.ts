import {
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { permissions, startAccount, trustPolicy } from './account.ts';

const RoleName = 'task';

describe('a managed policy', () => {
  it('is read as it was made; its document stands in its version, URL-encoded after RFC 3986', async () => {
    const { iam, createPolicy } = await startAccount();
    const PolicyArn = await createPolicy({ Path: '/mayfly/', Description: 'writes logs' });
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));

    expect(Policy).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:policy/mayfly/logs',
      PolicyId: expect.stringMatching(/^ANPA[0-9A-Z]{17}$/),
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      Description: 'writes logs',
    });
    expect(PolicyVersion).toMatchObject({ VersionId: 'v1', IsDefaultVersion: true });
    expect(PolicyVersion?.Document).toContain('it%27s%20%28a%29%20%26%20%3Cb%3E%21');
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(permissions);
  });

  it('is refused with a name that is taken, or a document that is no policy', async () => {
    const { createPolicy } = await startAccount();
    await createPolicy();
    await expect(createPolicy({ PolicyName: 'Logs', Path: '/other/' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'A policy called Logs already exists. Duplicate names are not allowed.',
    });
    const allow = (statement: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
    for (const PolicyDocument of ['no', '[]', trustPolicy, allow({ Resource: '*' }), allow({ Action: '*' })]) {
      await expect(createPolicy({ PolicyName: 'x', PolicyDocument })).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
        Code: 'MalformedPolicyDocument',
      });
    }
    await createPolicy({ PolicyName: 'spaced', PolicyDocument: `${permissions}${' '.repeat(6144)}` });
    const PolicyDocument = allow({ Action: '*', Resource: 'a'.repeat(6144) });
    await expect(createPolicy({ PolicyName: 'long', PolicyDocument })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PolicySize: 6144',
    });
  });

  it('has at most five versions, and its default one stays', async () => {
    const { iam, createPolicy } = await startAccount();
    const PolicyArn = await createPolicy();
    const add = async (SetAsDefault = false) =>
      await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: permissions, SetAsDefault }));
    const remove = async (VersionId: string) =>
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    for (const isDefault of [false, true, false, false]) {
      await add(isDefault);
    }

    await expect(add()).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { httpStatusCode: 409 } });
    await expect(remove('v3')).rejects.toMatchObject({ name: 'DeleteConflictException' });
    await remove('v5');
    expect((await add()).PolicyVersion?.VersionId).toBe('v6');
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v6' }));
    await remove('v3');
    await expect(remove('v3')).rejects.toMatchObject({ name: 'NoSuchEntityException' });

    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v6', true],
      ['v4', false],
      ['v2', false],
      ['v1', false],
    ]);
  });

  it('is deleted only when no role holds it and its default version is the last', async () => {
    const { iam, createRole, createPolicy, attach } = await startAccount();
    const PolicyArn = await createPolicy();
    await createRole({ PermissionsBoundary: PolicyArn });
    await attach(PolicyArn);
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: permissions }));
    const remove = async () => await iam.send(new DeletePolicyCommand({ PolicyArn }));
    const attached = { name: 'DeleteConflictException', message: 'Cannot delete a policy attached to entities.' };

    expect((await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))).PolicyRoles).toMatchObject([{ RoleName }]);
    await expect(remove()).rejects.toMatchObject(attached);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(remove()).rejects.toMatchObject(attached);
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    await expect(remove()).rejects.toMatchObject({ message: expect.stringContaining('more than one version') });
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    await remove();
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('has tags, and is listed by scope', async () => {
    const { iam, createPolicy } = await startAccount();
    const PolicyArn = await createPolicy({ Tags: [{ Key: 'a', Value: '1' }] });
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'b', Value: '2' }] }));
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['a'] }));

    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(Policies?.map(({ Arn }) => Arn)).toEqual([PolicyArn]);
  });
});

describe('the policies of a role', () => {
  it('are up to ten that are managed, AWS’s own among them', async () => {
    const { iam, createRole, createPolicy, attach } = await startAccount();
    await createRole();
    const ofAws = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
    await attach(ofAws);
    await attach(ofAws);
    for (let index = 0; index < 9; index++) {
      await attach(await createPolicy({ PolicyName: `p${index}` }));
    }

    await expect(attach(await createPolicy())).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    });
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).toHaveLength(10);
    expect(AttachedPolicies?.[0]).toEqual({ PolicyName: 'AmazonECSTaskExecutionRolePolicy', PolicyArn: ofAws });
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: ofAws }))).Policy).toMatchObject({
      Path: '/service-role/',
      AttachmentCount: 1,
    });
  });

  it('are not found when they are not there', async () => {
    const { iam, createRole, attach } = await startAccount();
    await createRole();
    const PolicyArn = 'arn:aws:iam::123456789012:policy/none';
    for (const refused of [
      attach(PolicyArn),
      attach(PolicyArn, 'none'),
      iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
      iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'none' })),
      iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'none' })),
    ]) {
      await expect(refused).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    }
  });

  it('are inline ones too, written over by name, together no larger than 10,240 characters', async () => {
    const { iam, createRole } = await startAccount();
    await createRole();
    const put = async (PolicyName: string, PolicyDocument: string) =>
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    const large = permissions.replace('log-group', 'x'.repeat(6000));
    await put('one', large);
    await put('one', large);

    await expect(put('two', large)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(put('two', '{}')).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    await put('one', permissions);
    const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'one' }));
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(permissions);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['one']);
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'one' }));
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([]);
  });
});
