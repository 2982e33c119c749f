import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/secretsmanager/inventory.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const Name = 'pr-1/db';

async function start() {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  const secrets = new SecretsManagerClient(client);
  const create = async (changes: Partial<CreateSecretCommandInput> = {}) =>
    await secrets.send(new CreateSecretCommand({ Name, SecretString: 'first', ...changes }));
  const get = async (input: Partial<GetSecretValueCommandInput> = {}) =>
    await secrets.send(new GetSecretValueCommand({ SecretId: Name, ...input }));
  return { world: aws.world, clock, secrets, create, get };
}

describe('a secret', () => {
  it('is read by name, by ARN, and by ARN without its six random characters', async () => {
    const { create, get } = await start();
    const { ARN = '' } = await create();
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:pr-1\/db-[0-9a-zA-Z]{6}$/);

    for (const SecretId of [Name, ARN, ARN.slice(0, -7)]) {
      expect(await get({ SecretId })).toMatchObject({ SecretString: 'first', VersionStages: ['AWSCURRENT'] });
    }
  });

  it('holds bytes as well as text, and not both', async () => {
    const { create, get } = await start();
    await create({ SecretString: undefined, SecretBinary: new Uint8Array([1, 2, 255]) });

    expect((await get()).SecretBinary).toEqual(new Uint8Array([1, 2, 255]));
    await expect(create({ Name: 'other', SecretString: 'x', SecretBinary: new Uint8Array([1]) })).rejects.toMatchObject(
      { name: 'InvalidParameterException' },
    );
  });

  it('is not made twice, except by the same request again', async () => {
    const { create } = await start();
    const ClientRequestToken = 'a'.repeat(32);
    const { ARN } = await create({ ClientRequestToken });

    expect((await create({ ClientRequestToken })).ARN).toBe(ARN);
    await expect(create()).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('may exist without a value, and says so when it is read', async () => {
    const { create, get } = await start();
    await create({ SecretString: undefined });

    await expect(get()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
    await expect(get({ SecretId: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });

  it('keeps its previous value under its own label', async () => {
    const { secrets, create, get } = await start();
    await create();
    await secrets.send(new PutSecretValueCommand({ SecretId: Name, SecretString: 'second' }));
    const { VersionId } = await secrets.send(new UpdateSecretCommand({ SecretId: Name, SecretString: 'third' }));

    expect((await get()).SecretString).toBe('third');
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
    expect((await get({ VersionId })).SecretString).toBe('third');
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: Name }));
    expect(Object.values(VersionIdsToStages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('takes the same version again for a retry, and refuses another value for it', async () => {
    const { secrets, create, get } = await start();
    await create();
    const put = async (SecretString: string) =>
      await secrets.send(
        new PutSecretValueCommand({ SecretId: Name, SecretString, ClientRequestToken: 'b'.repeat(32) }),
      );
    await put('second');
    await put('second');

    await expect(put('third')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('first');
  });

  it.each([
    ['more than 65,536 bytes', { SecretString: 'x'.repeat(65_537) }, 'InvalidParameterException'],
    ['a name with a hash', { Name: 'pr#1' }, 'ValidationException'],
    ['a tag AWS refuses', { Tags: [{ Key: 'Branch', Value: 'a,b' }] }, 'InvalidParameterException'],
  ])('is refused with %s', async (_what, changes, name) => {
    const { create } = await start();

    await expect(create(changes)).rejects.toMatchObject({ name });
  });
});

describe('deleting a secret', () => {
  it('keeps its name for the recovery window, in which it can be restored', async () => {
    const { clock, secrets, create, get } = await start();
    await create();
    const { DeletionDate } = await secrets.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));

    expect(DeletionDate?.getTime()).toBe(clock.now().getTime() + 7 * 86_400_000);
    await expect(get()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });

    await secrets.send(new RestoreSecretCommand({ SecretId: Name }));
    clock.advance(8 * 86_400);
    expect((await get()).SecretString).toBe('first');
  });

  it('lets it go when the window is over', async () => {
    const { clock, secrets, create, get } = await start();
    await create();
    await secrets.send(new DeleteSecretCommand({ SecretId: Name }));
    clock.advance(29 * 86_400);
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });

    clock.advance(2 * 86_400);

    await create({ SecretString: 'new' });
    expect((await get()).SecretString).toBe('new');
  });

  it('by force frees the name only after a moment, under another ARN', async () => {
    const { clock, secrets, create } = await start();
    const { ARN } = await create();
    await secrets.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });

    clock.advance(60);

    expect((await create()).ARN).not.toBe(ARN);
  });

  it('by force is no error when there is none, and without force it is', async () => {
    const { secrets } = await start();

    const forced = await secrets.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
    expect(forced.Name).toBe(Name);
    await expect(secrets.send(new DeleteSecretCommand({ SecretId: Name }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([
    ['a window of 6 days', { RecoveryWindowInDays: 6 }],
    ['a window of 31 days', { RecoveryWindowInDays: 31 }],
    ['force and a window', { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
  ])('is refused with %s', async (_what, input) => {
    const { secrets, create } = await start();
    await create();

    await expect(secrets.send(new DeleteSecretCommand({ SecretId: Name, ...input }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('listing secrets', () => {
  it('finds them by name and by tag, and those marked for deletion only on request', async () => {
    const { world, secrets, create } = await start();
    for (const environment of ['pr-1', 'pr-2', 'pr-3']) {
      await create({ Name: `${environment}/db`, Tags: [{ Key: 'Environment', Value: environment }] });
    }
    await secrets.send(new DeleteSecretCommand({ SecretId: 'pr-3/db' }));
    const names = async (input: ListSecretsCommandInput) =>
      (await secrets.send(new ListSecretsCommand(input))).SecretList?.map((secret) => secret.Name);

    expect(await names({})).toEqual(['pr-1/db', 'pr-2/db']);
    expect(await names({ IncludePlannedDeletion: true })).toHaveLength(3);
    expect(await names({ Filters: [{ Key: 'name', Values: ['pr-2'] }] })).toEqual(['pr-2/db']);
    expect(await names({ Filters: [{ Key: 'name', Values: ['!pr-2'] }] })).toEqual(['pr-1/db']);
    expect(
      await names({
        Filters: [
          { Key: 'tag-key', Values: ['Environment'] },
          { Key: 'tag-value', Values: ['pr-1'] },
        ],
      }),
    ).toEqual(['pr-1/db']);
    expect(inventoryOf(world).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'marked for deletion']);
  });

  it('goes page by page', async () => {
    const { secrets, create } = await start();
    for (const name of ['a', 'b', 'c']) {
      await create({ Name: name });
    }

    const first = await secrets.send(new ListSecretsCommand({ MaxResults: 2 }));
    const rest = await secrets.send(new ListSecretsCommand({ MaxResults: 2, NextToken: first.NextToken }));

    expect([first.SecretList?.length, rest.SecretList?.map((secret) => secret.Name)]).toEqual([2, ['c']]);
  });
});

it('tags a secret and takes tags away', async () => {
  const { secrets, create } = await start();
  await create({ Tags: [{ Key: 'A', Value: '1' }] });

  await secrets.send(new TagResourceCommand({ SecretId: Name, Tags: [{ Key: 'TTL', Value: 'soon' }] }));
  await secrets.send(new UntagResourceCommand({ SecretId: Name, TagKeys: ['A'] }));

  const { Tags } = await secrets.send(new DescribeSecretCommand({ SecretId: Name }));
  expect(Tags).toEqual([{ Key: 'TTL', Value: 'soon' }]);
});
