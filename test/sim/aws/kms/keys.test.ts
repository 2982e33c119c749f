import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, it } from '@jest/globals';
import { startAccount } from './account.ts';

const DAY_SECONDS = 86_400;
const MISSING = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('a key', () => {
  it('is described as it was made, by its id and by its ARN', async () => {
    const { createKey, described, clock } = await startAccount();
    const id = await createKey({ Description: 'alerts' });
    const arn = `arn:aws:kms:eu-west-1:123456789012:key/${id}`;
    expect(await described(arn)).toMatchObject({
      KeyId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      Arn: arn,
      Description: 'alerts',
      CreationDate: clock.now(),
      Enabled: true,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    });
    expect(await described(id)).toEqual(await described(arn));
  });

  it('is not there under an id that nobody got, nor under a name that is none', async () => {
    const { described } = await startAccount();
    const arn = `arn:aws:kms:eu-west-1:123456789012:key/${MISSING}`;
    await expect(described(MISSING)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Key '${arn}' does not exist`,
    });
    await expect(described('key')).rejects.toMatchObject({ name: 'NotFoundException', message: "Invalid keyId 'key'" });
    await expect(described('alias/none')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('encrypts nothing, and is not made where a test could not tell it from a real one', async () => {
    const { kms, createKey } = await startAccount();
    const KeyId = await createKey();
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }))).rejects.toMatchObject({
      name: 'InvalidAction',
    });
    for (const input of [{ KeySpec: 'RSA_2048' }, { Origin: 'EXTERNAL' }, { MultiRegion: true }] as const) {
      await expect(createKey(input)).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
    }
  });

  it('is listed page by page', async () => {
    const { kms, createKey } = await startAccount();
    const ids = [await createKey(), await createKey(), await createKey()];
    const first = await kms.send(new ListKeysCommand({ Limit: 2 }));
    expect(first).toMatchObject({ Truncated: true, Keys: [{ KeyId: ids[0] }, { KeyId: ids[1] }] });
    expect(await kms.send(new ListKeysCommand({ Marker: first.NextMarker }))).toMatchObject({
      Truncated: false,
      Keys: [{ KeyId: ids[2] }],
    });
    await expect(kms.send(new ListKeysCommand({ Marker: 'x' }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    });
  });

  it('is rotated by itself from the day that it is told to, as often as it is told to', async () => {
    const { kms, createKey, clock } = await startAccount();
    const KeyId = await createKey();
    const status = async () => await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });

    const since = clock.now().getTime();
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    clock.advance(100 * DAY_SECONDS);
    expect(await status()).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(since + 180 * DAY_SECONDS * 1000),
    });

    await expect(kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 89 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
  });

  it('stands disabled until it is enabled, and takes no rotation meanwhile', async () => {
    const { kms, createKey, described } = await startAccount();
    const KeyId = await createKey();
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await described(KeyId)).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await described(KeyId)).toMatchObject({ Enabled: true, KeyState: 'Enabled' });
  });

  it('carries tags, which the tagging API finds and changes too', async () => {
    const { kms, client, createKey, described, clock } = await startAccount();
    const tagging = new ResourceGroupsTaggingAPIClient(client);
    const KeyId = await createKey({ Tags: [{ TagKey: 'Name', TagValue: 'alerts' }] });
    const arn = (await described(KeyId))?.Arn ?? '';
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'Team', TagValue: 'ours' }] }));
    await tagging.send(new TagResourcesCommand({ ResourceARNList: [arn], Tags: { Stage: 'test' } }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['Name'] }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
      { TagKey: 'Team', TagValue: 'ours' },
      { TagKey: 'Stage', TagValue: 'test' },
    ]);
    clock.advance(60);
    const found = await tagging.send(new GetResourcesCommand({ TagFilters: [{ Key: 'Team', Values: ['ours'] }] }));
    expect(found.ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN)).toEqual([arn]);
    await expect(createKey({ Tags: [{ TagKey: 'aws:x', TagValue: '' }] })).rejects.toMatchObject({
      name: 'TagException',
    });
  });
});

describe('a key that is to be deleted', () => {
  it('waits, takes no change, is no longer rotated, and goes with its aliases', async () => {
    const { kms, createKey, described, clock } = await startAccount();
    const KeyId = await createKey();
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/alerts', TargetKeyId: KeyId }));
    const DeletionDate = new Date(clock.now().getTime() + 7 * DAY_SECONDS * 1000);
    expect(await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))).toMatchObject({
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
      DeletionDate,
    });

    expect(await described('alias/alerts')).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate });
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({ KeyRotationEnabled: false });
    const pending = {
      name: 'KMSInvalidStateException',
      message: `arn:aws:kms:eu-west-1:123456789012:key/${KeyId} is pending deletion.`,
    };
    await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toMatchObject(pending);
    await expect(kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject(pending);
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject(pending);
    await expect(kms.send(new TagResourceCommand({ KeyId, Tags: [] }))).rejects.toMatchObject(pending);
    await expect(kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: '' }))).rejects.toMatchObject(pending);

    clock.advance(7 * DAY_SECONDS - 1);
    expect(await described(KeyId)).toMatchObject({ KeyState: 'PendingDeletion' });
    clock.advance(1);
    await expect(described(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
    expect(Aliases.map(({ AliasName }) => AliasName)).not.toContain('alias/alerts');
  });

  it('is kept when the deletion is cancelled: disabled, and rotated as before', async () => {
    const { kms, createKey, described, clock } = await startAccount();
    const KeyId = await createKey();
    await expect(kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringMatching(/is not pending deletion/),
    });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    clock.advance(40 * DAY_SECONDS);
    expect(await described(KeyId)).toMatchObject({ KeyState: 'Disabled' });
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({ KeyRotationEnabled: true });
  });

  it('waits for 7 to 30 days', async () => {
    const { kms, createKey, described } = await startAccount();
    const KeyId = await createKey();
    for (const PendingWindowInDays of [6, 31]) {
      await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
    expect(await described(KeyId)).toMatchObject({ KeyState: 'Enabled' });
  });
});

describe('a key policy', () => {
  const statement = (more: object = {}) => ({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:root' },
    Action: 'kms:*',
    Resource: '*',
    ...more,
  });
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

  it("is the account's own until another is put, and is read as it was sent", async () => {
    const { kms, createKey } = await startAccount();
    const KeyId = await createKey();
    const policy = async () => JSON.parse((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy ?? '');
    expect(await policy()).toMatchObject({ Id: 'key-default-1', Statement: [statement()] });
    const Policy = document(statement({ Sid: 'Mine' }));
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    expect(await policy()).toEqual(JSON.parse(Policy));
  });

  it('is refused without a principal, with one that is not there, and where nobody could change it again', async () => {
    const { kms, createKey } = await startAccount();
    const absent = statement({ Principal: { AWS: 'arn:aws:iam::123456789012:role/none' } });
    const { Principal: _, ...nobody } = statement();
    const locked = document(statement({ Action: 'kms:Decrypt' }));
    for (const Policy of ['no', document(statement(), nobody), document(statement(), absent), locked]) {
      await expect(createKey({ Policy })).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    }
    expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
    expect(await createKey({ Policy: locked, BypassPolicyLockoutSafetyCheck: true })).toMatch(/-/);
    const Policy = document(statement({ Sid: 'x'.repeat(32_768) }));
    await expect(createKey({ Policy })).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});
