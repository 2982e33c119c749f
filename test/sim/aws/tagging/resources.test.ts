import {
  ACMClient,
  DeleteCertificateCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  GetTagKeysCommand,
  GetTagValuesCommand,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';
import { refusalOf } from '../elbv2/shared-load-balancer.ts';

async function start() {
  const { aws, clock, client } = await startSteppedAws({ rateLimits: false });
  const tagging = new ResourceGroupsTaggingAPIClient(client);
  const acm = new ACMClient(client);
  const { durations, tagIndex } = aws.world;
  return {
    aws,
    client,
    clock,
    durations,
    tagging,
    acm,
    async requestCertificate(DomainName: string, tags: Record<string, string>): Promise<string> {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const input = { DomainName, ValidationMethod: 'DNS' as const, ...(Tags.length > 0 ? { Tags } : {}) };
      return (await acm.send(new RequestCertificateCommand(input))).CertificateArn ?? '';
    },
    /** Puts resources straight into the index, where any service's would be. */
    index(tagsByArn: Record<string, Record<string, string>>): void {
      for (const [arn, tags] of Object.entries(tagsByArn)) {
        tagIndex.put(arn, tags);
      }
      clock.advance(durations.tagIndexed);
    },
    async find(input: GetResourcesCommandInput = {}): Promise<(string | undefined)[]> {
      const { ResourceTagMappingList = [] } = await tagging.send(new GetResourcesCommand(input));
      return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

const cluster = 'arn:aws:rds:eu-west-1:123456789012:cluster:pr-7';
const rule = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/shared/1/2/3';
const group = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/pr-8-api/1';

describe('GetResources', () => {
  it('learns of a resource late and goes on listing it after it is gone', async () => {
    const { clock, durations, acm, requestCertificate, find } = await start();
    const arn = await requestCertificate('pr-7.ephemeral.example', { Environment: 'pr-7' });
    expect(await find()).toEqual([]);
    clock.advance(durations.tagIndexed);
    expect(await find()).toEqual([arn]);

    await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
    clock.advance(durations.tagForgotten - 1);
    expect(await find()).toEqual([arn]);
    clock.advance(1);
    expect(await find()).toEqual([]);
  });

  it('does not forget a resource that was made anew under the name of one that is gone', async () => {
    const { aws, clock, durations, index, find } = await start();
    index({ [cluster]: { Environment: 'pr-7' } });
    aws.world.tagIndex.remove(cluster);
    clock.advance(durations.tagForgotten / 2);
    index({ [cluster]: { Environment: 'pr-7' } });
    clock.advance(durations.tagForgotten);
    expect(await find()).toEqual([cluster]);

    aws.world.tagIndex.remove(cluster);
    clock.advance(durations.tagForgotten);
    expect(await find()).toEqual([]);
  });

  it.each([
    [
      'a log group',
      async ({ client }: Started) =>
        await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: 'bare' })),
    ],
    [
      'an image repository',
      async ({ client }: Started) =>
        await new ECRClient(client).send(new CreateRepositoryCommand({ repositoryName: 'bare' })),
    ],
  ])('never hears of %s without tags', async (_, create) => {
    const started = await start();
    await create(started);
    started.clock.advance(started.durations.tagIndexed);
    expect(await started.find()).toEqual([]);
  });

  it('never hears of a certificate without tags, but keeps one whose tags were all removed', async () => {
    const { clock, durations, tagging, requestCertificate } = await start();
    await requestCertificate('pr-6.ephemeral.example', {});
    const arn = await requestCertificate('pr-7.ephemeral.example', { Environment: 'pr-7' });
    await tagging.send(new UntagResourcesCommand({ ResourceARNList: [arn], TagKeys: ['Environment'] }));
    clock.advance(durations.tagIndexed);

    const { ResourceTagMappingList } = await tagging.send(new GetResourcesCommand({}));

    expect(ResourceTagMappingList).toEqual([{ ResourceARN: arn, Tags: [] }]);
  });

  it.each([
    { filter: {}, finds: [cluster, rule, group] },
    { filter: { TagFilters: [{ Key: 'EphemeralEnv', Values: ['true'] }] }, finds: [cluster, rule] },
    { filter: { TagFilters: [{ Key: 'Environment' }] }, finds: [cluster, rule, group] },
    { filter: { TagFilters: [{ Key: 'Environment', Values: ['pr-7', 'pr-8'] }] }, finds: [cluster, rule, group] },
    {
      filter: {
        TagFilters: [
          { Key: 'Environment', Values: ['pr-8'] },
          { Key: 'EphemeralEnv', Values: ['true'] },
        ],
      },
      finds: [],
    },
    { filter: { ResourceTypeFilters: ['elasticloadbalancing'] }, finds: [rule, group] },
    { filter: { ResourceTypeFilters: ['elasticloadbalancing:targetgroup', 'rds:cluster'] }, finds: [cluster, group] },
    { filter: { ResourceARNList: [group] }, finds: [group] },
  ])('finds what meets $filter', async ({ filter, finds }) => {
    const { index, find } = await start();
    index({
      [cluster]: { Environment: 'pr-7', EphemeralEnv: 'true' },
      [rule]: { Environment: 'pr-7', EphemeralEnv: 'true' },
      [group]: { Environment: 'pr-8' },
    });
    expect(new Set(await find(filter))).toEqual(new Set(finds));
  });

  it('pages with a token that is good for 15 minutes', async () => {
    const { clock, tagging, index } = await start();
    index({ [cluster]: { a: '1' }, [rule]: { a: '1' }, [group]: { a: '1' } });
    const page = async (PaginationToken?: string) =>
      await tagging.send(
        new GetResourcesCommand({ ResourcesPerPage: 2, ...(PaginationToken ? { PaginationToken } : {}) }),
      );
    const first = await page();
    const second = await page(first.PaginationToken);

    expect(first.ResourceTagMappingList).toHaveLength(2);
    expect(second.ResourceTagMappingList).toHaveLength(1);
    expect(second.PaginationToken).toBe('');
    clock.advance(901);
    expect(await refusalOf(page(first.PaginationToken))).toBe('PaginationTokenExpiredException');
  });

  it.each([
    { input: { ResourceARNList: [group], TagFilters: [{ Key: 'a' }] }, reason: 'ARNs together with filters' },
    { input: { ResourceARNList: Array<string>(101).fill(group) }, reason: '101 ARNs' },
    { input: { ResourcesPerPage: 101 }, reason: 'pages of 101' },
    { input: { TagFilters: Array.from({ length: 51 }, () => ({ Key: 'a' })) }, reason: '51 filters' },
    { input: { TagFilters: [{ Key: 'a', Values: Array<string>(21).fill('b') }] }, reason: '21 values' },
    { input: { PaginationToken: 'x' }, reason: 'a token of nobody' },
  ])('refuses $reason', async ({ input }) => {
    const { find } = await start();
    expect(await refusalOf(find(input))).toBe('InvalidParameterException');
  });
});

describe('TagResources', () => {
  it('tags with the service that owns the resource, and names what it could not tag', async () => {
    const { tagging, acm, requestCertificate } = await start();
    const arn = await requestCertificate('pr-7.ephemeral.example', { Environment: 'pr-7' });

    const { FailedResourcesMap } = await tagging.send(
      new TagResourcesCommand({ ResourceARNList: [arn, cluster], Tags: { TTL: '2026-11-27T09:00:00Z' } }),
    );

    expect(Object.keys(FailedResourcesMap ?? {})).toEqual([cluster]);
    expect(FailedResourcesMap?.[cluster]?.ErrorCode).toBe('InvalidParameterException');
    const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
    expect(Tags).toContainEqual({ Key: 'TTL', Value: '2026-11-27T09:00:00Z' });
  });

  it('takes at most 20 ARNs', async () => {
    const { tagging } = await start();
    const ResourceARNList = Array<string>(21).fill(cluster);
    expect(await refusalOf(tagging.send(new TagResourcesCommand({ ResourceARNList, Tags: { a: '1' } })))).toBe(
      'InvalidParameterException',
    );
  });
});

describe('the keys and values in use', () => {
  it('are those of the index', async () => {
    const { tagging, index } = await start();
    index({ [cluster]: { Environment: 'pr-7' }, [group]: { Environment: 'pr-8', ManagedBy: 'mayfly' } });
    expect((await tagging.send(new GetTagKeysCommand({}))).TagKeys).toEqual(['Environment', 'ManagedBy']);
    expect((await tagging.send(new GetTagValuesCommand({ Key: 'Environment' }))).TagValues).toEqual(['pr-7', 'pr-8']);
  });
});
