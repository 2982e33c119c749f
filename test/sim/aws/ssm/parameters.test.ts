import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/ssm/inventory.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function start() {
  const { aws, client } = await startSteppedAws({ rateLimits: false });
  const ssm = new SSMClient(client);
  const put = async (changes: Partial<PutParameterCommandInput> = {}) =>
    await ssm.send(new PutParameterCommand({ Name: '/pr-1/host', Value: 'a', Type: 'String', ...changes }));
  const get = async (Name: string, WithDecryption = false) =>
    (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;
  return { world: aws.world, ssm, put, get };
}

describe('putting a parameter', () => {
  it('makes version 1, and a further version only when told to overwrite', async () => {
    const { put, get } = await start();
    expect(await put()).toMatchObject({ Version: 1, Tier: 'Standard' });
    await expect(put({ Value: 'b' })).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });

    expect(await put({ Value: 'b', Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });

    expect(await get('/pr-1/host')).toMatchObject({
      Value: 'b',
      Version: 2,
      Type: 'String',
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/pr-1/host',
    });
    expect(await get('/pr-1/host:1')).toMatchObject({ Value: 'a', Selector: ':1' });
    await expect(get('/pr-1/host:9')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  });

  it.each([
    ['an empty value', { Value: '' }, 'ValidationException'],
    ['no type', { Type: undefined }, 'ValidationException'],
    ['a hierarchy without a leading slash', { Name: 'pr-1/host' }, 'ValidationException'],
    ['the prefix aws', { Name: '/aws/host' }, 'ValidationException'],
    ['a space in its name', { Name: '/pr 1' }, 'ValidationException'],
    ['sixteen levels', { Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    ['4097 bytes in the standard tier', { Value: 'x'.repeat(4097) }, 'ValidationException'],
    ['8193 bytes in the advanced tier', { Value: 'x'.repeat(8193), Tier: 'Advanced' as const }, 'ValidationException'],
    ['tags together with overwrite', { Overwrite: true, Tags: [{ Key: 'A', Value: '1' }] }, 'ValidationException'],
    ['a tag AWS refuses', { Tags: [{ Key: 'aws:x', Value: '1' }] }, 'ValidationException'],
  ])('is refused with %s', async (_what, changes, name) => {
    const { put } = await start();

    await expect(put(changes)).rejects.toMatchObject({ name });
  });

  it('moves to the advanced tier for a large value when it may, and never back', async () => {
    const { put } = await start();

    expect(await put({ Value: 'x'.repeat(5000), Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
    await expect(put({ Overwrite: true, Tier: 'Standard' })).rejects.toThrow(/can't downgrade/);
  });
});

describe('getting parameters', () => {
  it('shows a SecureString only when it is decrypted', async () => {
    const { put, get } = await start();
    await put({ Type: 'SecureString', Value: 'correct horse' });

    expect((await get('/pr-1/host'))?.Value).not.toContain('correct');
    expect((await get('/pr-1/host', true))?.Value).toBe('correct horse');
  });

  it('names those that do not exist', async () => {
    const { ssm, put, get } = await start();
    await put();

    const { Parameters, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: ['/pr-1/host', '/pr-1/none'] }),
    );

    expect([Parameters?.map(({ Name }) => Name), InvalidParameters]).toEqual([['/pr-1/host'], ['/pr-1/none']]);
    await expect(get('/pr-1/none')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    const Names = Array.from({ length: 11 }, (_, index) => `/pr-1/${index}`);
    await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('takes an ARN for a name', async () => {
    const { put, get } = await start();
    await put();

    expect(await get('arn:aws:ssm:eu-west-1:123456789012:parameter/pr-1/host')).toMatchObject({ Name: '/pr-1/host' });
  });

  it('below a path goes ten at a time, and deeper only when told to', async () => {
    const { ssm, put } = await start();
    for (let index = 0; index < 12; index++) {
      await put({ Name: `/pr-1/${String(index).padStart(2, '0')}` });
    }
    await put({ Name: '/pr-1/deeper/x' });
    await put({ Name: '/pr-10/other' });
    const names = async (Recursive: boolean, NextToken?: string) => {
      const answer = await ssm.send(new GetParametersByPathCommand({ Path: '/pr-1', Recursive, NextToken }));
      return { count: answer.Parameters?.length, token: answer.NextToken };
    };

    const first = await names(false);
    expect([first.count, (await names(false, first.token)).count]).toEqual([10, 2]);
    const recursive = await names(true);
    expect((await names(true, recursive.token)).count).toBe(3);
    await expect(ssm.send(new GetParametersByPathCommand({ Path: '/pr-1', MaxResults: 11 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('deleting parameters', () => {
  it('removes one, or refuses when there is none', async () => {
    const { ssm, put, get, world } = await start();
    await put();
    await ssm.send(new DeleteParameterCommand({ Name: '/pr-1/host' }));

    await expect(get('/pr-1/host')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(ssm.send(new DeleteParameterCommand({ Name: '/pr-1/host' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    expect(inventoryOf(world)).toEqual([]);
  });

  it('removes up to ten and names those that were not there', async () => {
    const { ssm, put } = await start();
    await put();

    const answer = await ssm.send(new DeleteParametersCommand({ Names: ['/pr-1/host', '/pr-1/none'] }));

    expect(answer).toMatchObject({ DeletedParameters: ['/pr-1/host'], InvalidParameters: ['/pr-1/none'] });
    const Names = Array.from({ length: 11 }, (_, index) => `/pr-1/${index}`);
    await expect(ssm.send(new DeleteParametersCommand({ Names }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('the tags of a parameter', () => {
  it('are set with it, added, taken away, and filter the description', async () => {
    const { ssm, put } = await start();
    await put({ Tags: [{ Key: 'Environment', Value: 'pr-1' }] });
    await put({ Name: '/pr-2/host', Tags: [{ Key: 'Environment', Value: 'pr-2' }] });
    const resource = { ResourceType: 'Parameter' as const, ResourceId: '/pr-1/host' };

    await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'TTL', Value: 'soon' }] }));
    expect((await ssm.send(new ListTagsForResourceCommand(resource))).TagList).toEqual([
      { Key: 'Environment', Value: 'pr-1' },
      { Key: 'TTL', Value: 'soon' },
    ]);
    await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['TTL'] }));

    const { Parameters } = await ssm.send(
      new DescribeParametersCommand({ ParameterFilters: [{ Key: 'tag:Environment', Values: ['pr-1'] }] }),
    );
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/pr-1/host']);
    await expect(
      ssm.send(new ListTagsForResourceCommand({ ...resource, ResourceId: '/pr-3/host' })),
    ).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });

  it('do not replace filters by name and path', async () => {
    const { ssm, put } = await start();
    for (const Name of ['/pr-1/a', '/pr-1/b/c', '/pr-2/a']) {
      await put({ Name });
    }
    const found = async (Key: string, Option: string, value: string) => {
      const answer = await ssm.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key, Option, Values: [value] }] }),
      );
      return answer.Parameters?.map(({ Name }) => Name);
    };

    expect(await found('Name', 'BeginsWith', '/pr-1')).toEqual(['/pr-1/a', '/pr-1/b/c']);
    expect(await found('Path', 'OneLevel', '/pr-1')).toEqual(['/pr-1/a']);
    expect(await found('Path', 'Recursive', '/pr-1')).toEqual(['/pr-1/a', '/pr-1/b/c']);
  });
});
