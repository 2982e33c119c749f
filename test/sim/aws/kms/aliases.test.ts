import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DisableKeyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, it } from '@jest/globals';
import { startAccount } from './account.ts';

const AliasName = 'alias/alerts';

describe('an alias', () => {
  it('stands for its key, and for another one once it is moved', async () => {
    const { kms, createKey, described, clock } = await startAccount();
    const [one, other] = [await createKey(), await createKey()];
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: one }));
    expect(await described(AliasName)).toMatchObject({ KeyId: one });
    const CreationDate = clock.now();
    clock.advance(60);

    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other }));

    expect(await described(`arn:aws:kms:eu-west-1:123456789012:${AliasName}`)).toMatchObject({ KeyId: other });
    expect((await kms.send(new ListAliasesCommand({ KeyId: one }))).Aliases).toEqual([]);
    expect((await kms.send(new ListAliasesCommand({ KeyId: other }))).Aliases).toEqual([
      {
        AliasName,
        AliasArn: `arn:aws:kms:eu-west-1:123456789012:${AliasName}`,
        TargetKeyId: other,
        CreationDate,
        LastUpdatedDate: clock.now(),
      },
    ]);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(kms.send(new DeleteAliasCommand({ AliasName }))).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('is made once, and goes to no key that is pending deletion', async () => {
    const { kms, createKey } = await startAccount();
    const TargetKeyId = await createKey();
    const make = async (name: string, key = TargetKeyId) =>
      await kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: key }));
    await make(AliasName);
    await expect(make(AliasName)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    const going = await createKey();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: going }));
    await expect(make('alias/other', going)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    const move = new UpdateAliasCommand({ AliasName, TargetKeyId: going });
    await expect(kms.send(move)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
  });

  it('has a name of its own kind, and few others beside it', async () => {
    const { kms, createKey } = await startAccount();
    const TargetKeyId = await createKey();
    const make = async (name: string) => await kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId }));
    await expect(make('alias/aws/mine')).rejects.toMatchObject({ name: 'InvalidAliasNameException' });
    await expect(make('alerts')).rejects.toMatchObject({ name: 'InvalidAliasNameException' });
    await expect(make('alias/a b')).rejects.toMatchObject({ name: 'ValidationException' });
    for (let index = 0; index < 50; index += 1) {
      await make(`alias/${index}`);
    }
    await expect(make('alias/50')).rejects.toMatchObject({ name: 'LimitExceededException' });
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/0', TargetKeyId }));
  });
});

describe('an alias of AWS', () => {
  const rds = async ({ kms }: Awaited<ReturnType<typeof startAccount>>) => {
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
    return Aliases.find((alias) => alias.AliasName === 'alias/aws/rds');
  };

  it('is there without a key, and has one from the moment that somebody asks for it', async () => {
    const account = await startAccount();
    expect(await rds(account)).toEqual({
      AliasName: 'alias/aws/rds',
      AliasArn: 'arn:aws:kms:eu-west-1:123456789012:alias/aws/rds',
    });
    const key = await account.described('alias/aws/rds');
    expect(key).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
    expect(await rds(account)).toMatchObject({ TargetKeyId: key?.KeyId });
    expect(await account.described('alias/aws/rds')).toEqual(key);
  });

  it('stands for a key that is rotated every year, and that the account cannot change', async () => {
    const { kms, described } = await startAccount();
    const KeyId = (await described('alias/aws/rds'))?.KeyId;
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    });
    await expect(kms.send(new DisableKeyCommand({ KeyId }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
