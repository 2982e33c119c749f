import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParametersByPathCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../sim/seed/compute.ts';
import type { ImageCandidate } from '../../src/domain/resource.ts';
import { readAccountId } from '../../src/provision/aws/account.ts';
import { readDatabasePassword } from '../../src/provision/aws/database-password.ts';
import { readPlatformDocument } from '../../src/provision/aws/platform-document.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { SPECIMENS } from '../contract/specimens.ts';
import { createScene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

describe('secret', () => {
  it('copies every member, replaces some, and follows its source', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS.secret.desire(scene);
    const outputs = await scene.settle(desired);
    const read = async () =>
      (await cloud.clients.secrets.send(new GetSecretValueCommand({ SecretId: desired.name }))).SecretString ?? '';
    expect(JSON.parse(await read())).toEqual({ password: 'p-source', pepper: 'p-pepper', domain: 'pr.example' });
    expect(JSON.stringify(outputs)).not.toContain('p-source');
    await cloud.clients.secrets.send(
      new PutSecretValueCommand({ SecretId: 'app/source', SecretString: '{"password":"p-rotated"}' }),
    );
    expect((await scene.provisioner('secret').observe(desired)).state).toBe('drifted');
    await scene.settle(desired);
    expect(JSON.parse(await read())).toEqual({ password: 'p-rotated', domain: 'pr.example' });
  });

  it('waits for a source that is not there', async () => {
    const scene = createScene(cloud);
    const desired = scene.desire('secret', 'app', { copyFrom: 'app/none', set: {} });
    expect(await scene.provisioner('secret').ensure(desired, { state: 'absent' })).toMatchObject({
      state: 'pending',
      waitingFor: 'the secret app/none to copy from (not there)',
    });
  });

  it('copies nothing that a service of AWS keeps for itself, such as the password of Mayfly’s own database', async () => {
    const scene = createScene(cloud);
    const desired = scene.desire('secret', 'app', { copyFrom: 'rds!db-1', set: {} });
    await expect(scene.provisioner('secret').ensure(desired, { state: 'absent' })).rejects.toMatchObject({
      reason: 'SecretRefused',
      actor: 'author',
    });
  });
});

describe('the password of Mayfly’s own database', () => {
  const keep = async (Name: string, SecretString: string) => {
    await cloud.clients.secrets.send(new CreateSecretCommand({ Name, SecretString }));
  };

  it('is what the secret holds now', async () => {
    const read = async () => await readDatabasePassword(cloud.clients.secrets, 'mayfly/database-1');
    await keep('mayfly/database-1', '{"username":"mayfly","password":"p-first"}');
    expect(await read()).toBe('p-first');
    await cloud.clients.secrets.send(
      new PutSecretValueCommand({
        SecretId: 'mayfly/database-1',
        SecretString: '{"username":"mayfly","password":"p-second"}',
      }),
    );
    expect(await read()).toBe('p-second');
  });

  it.each([
    { reason: 'no secret', secret: 'mayfly/none', value: undefined },
    { reason: 'no password in it', secret: 'mayfly/database-2', value: '{"username":"mayfly","password":""}' },
  ])('is an operator’s business when there is $reason', async ({ secret, value }) => {
    if (value !== undefined) {
      await keep(secret, value);
    }
    await expect(readDatabasePassword(cloud.clients.secrets, secret)).rejects.toMatchObject({
      reason: 'SecretUnreadable',
      actor: 'operator',
      message: `The secret ${secret} holds no password.`,
    });
  });
});

describe('parameters', () => {
  it('copies a path with its types, and writes a space for nothing', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS.parameters.desire(scene);
    expect(await scene.settle(desired)).toEqual({ path: desired.name, count: 4 });
    const { Parameters = [] } = await cloud.clients.ssm.send(
      new GetParametersByPathCommand({ Path: desired.name, Recursive: true, WithDecryption: true }),
    );
    const found = Parameters.map(({ Name = '', Value, Type }) =>
      [Name.slice(desired.name.length), Value, Type].join(' '),
    );
    expect(new Set(found)).toEqual(
      new Set(['deep/er kept String', 'domain pr.example String', 'empty   String', 'token t-source SecureString']),
    );
  });

  it('copies and deletes more of them than a call takes', async () => {
    const scene = createScene(cloud);
    const set = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`p${index}`, `v${index}`]));
    const desired = scene.desire('parameters', 'many', { copyFrom: null, set });
    expect((await scene.settle(desired)).count).toBe(23);
    await scene.vanish(desired);
    expect((await scene.provisioner('parameters').observe(desired)).state).toBe('absent');
  });

  it('go a few at a time, so that a throttle costs no more than a pause', async () => {
    const scene = createScene(cloud);
    const set = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`p${index}`, `v${index}`]));
    const desired = scene.desire('parameters', 'paced', { copyFrom: null, set });
    await scene.settle(desired);
    const fault = cloud.aws.faults.add({
      operation: 'ListTagsForResource',
      nth: 15,
      times: 3,
      effect: { kind: 'throttle' },
    });
    const provisioner = scene.provisioner('parameters');
    await expect(provisioner.release(desired)).rejects.toMatchObject({ reason: 'Throttled' });
    cloud.aws.faults.remove(fault);
    const { Parameters = [] } = await cloud.clients.ssm.send(
      new GetParametersByPathCommand({ Path: desired.name, Recursive: true, MaxResults: 10 }),
    );
    expect(Parameters).toHaveLength(10);
    const left = await provisioner.observe(desired);
    expect(left).toMatchObject({ state: 'drifted' });
    expect(left.state === 'drifted' ? left.drift : []).toHaveLength(10);
    await scene.vanish(desired);
  });

  it('takes its own away and then reports what somebody else put beside it', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS.parameters.desire(scene);
    await scene.settle(desired);
    await cloud.clients.ssm.send(
      new PutParameterCommand({ Name: `${desired.name}theirs`, Value: 'x', Type: 'String' }),
    );
    const provisioner = scene.provisioner('parameters');
    expect((await provisioner.release(desired)).state).toBe('releasing');
    await expect(provisioner.release(desired)).rejects.toMatchObject({ reason: 'NotOurs' });
  });
});

describe('image', () => {
  const candidate = (tag: string, origin: ImageCandidate['origin']): ImageCandidate => ({
    registry: `${cloud.platform.registry}/app`,
    repository: 'api',
    tag,
    origin,
  });

  it('is the first candidate that the registry holds', async () => {
    const scene = createScene(cloud);
    const deadlineAt = new Date(cloud.clock.now().getTime() + 600_000).toISOString();
    const candidates = [candidate('branch-x', 'head'), candidate('head', 'base')];
    const image = scene.desire('image', 'api', { candidates, deadlineAt });
    expect(await scene.settle(image)).toEqual({
      reference: `${cloud.platform.registry}/app/api:head`,
      tag: 'head',
      origin: 'base',
    });
    await pushImage(cloud.clients.ecr, 'app/api:branch-x');
    expect(await scene.settle(image)).toMatchObject({ tag: 'branch-x', origin: 'head' });
  });

  it('is waited for until its deadline, and never replaced by what was not named', async () => {
    const scene = createScene(cloud);
    const deadlineAt = new Date(cloud.clock.now().getTime() + 60_000).toISOString();
    const image = scene.desire('image', 'api', { candidates: [candidate('none', 'head')], deadlineAt });
    expect(await scene.provisioner('image').observe(image)).toMatchObject({
      state: 'pending',
      waitingFor: 'image api:none (not in the registry yet)',
    });
    cloud.clock.advance(60);
    await expect(scene.provisioner('image').observe(image)).rejects.toMatchObject({
      reason: 'ImageMissing',
      actor: 'author',
    });
  });

  it('of another registry is taken as given', async () => {
    const scene = createScene(cloud);
    const external = {
      registry: 'public.ecr.aws/docker/library',
      repository: 'redis',
      tag: '7',
      origin: 'external' as const,
    };
    const image = scene.desire('image', 'redis', { candidates: [external], deadlineAt: '2026-01-01T00:00:00Z' });
    expect(await scene.settle(image)).toMatchObject({ reference: 'public.ecr.aws/docker/library/redis:7' });
  });
});

describe('resource-tags', () => {
  it('tags more resources than a call takes, once for each change', async () => {
    const scene = createScene(cloud);
    const arns: string[] = [];
    for (let index = 0; index < 23; index += 1) {
      arns.push((await scene.settle(scene.desire('log-group', `g${index}`, { retentionDays: 1, kmsKeyId: null }))).arn);
    }
    const desired = scene.desire('resource-tags', 'tags', { arns, tags: { TTL: '2027-01-01T00:00:00Z' } });
    const recorded = await scene.settle(desired);
    cloud.clock.advance(600);
    const { ResourceTagMappingList = [] } = await cloud.clients.tagging.send(
      new GetResourcesCommand({ TagFilters: [{ Key: 'TTL', Values: ['2027-01-01T00:00:00Z'] }] }),
    );
    expect(new Set(ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN))).toEqual(new Set(arns));
    expect((await scene.provisioner('resource-tags').observe({ ...desired, recorded })).state).toBe('ready');
    const later = { ...desired, recorded, spec: { arns, tags: { TTL: '2027-01-02T00:00:00Z' } } };
    expect((await scene.provisioner('resource-tags').observe(later)).state).toBe('drifted');
  });
});

describe('what the composition root reads', () => {
  it('is the account, and the platform document or the word that it is missing', async () => {
    expect(await readAccountId(cloud.clients.sts)).toBe('123456789012');
    await cloud.clients.ssm.send(
      new PutParameterCommand({ Name: '/mayfly/platform', Value: '{"a":1}', Type: 'String' }),
    );
    expect(await readPlatformDocument(cloud.clients.ssm, '/mayfly/platform')).toBe('{"a":1}');
    await expect(readPlatformDocument(cloud.clients.ssm, '/mayfly/none')).rejects.toMatchObject({
      reason: 'PlatformIncomplete',
    });
  });
});
