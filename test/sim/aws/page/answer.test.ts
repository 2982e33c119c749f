import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { describe, expect, it } from '@jest/globals';
import { answerPage } from '../../../../sim/aws/page/answer.ts';
import { groupByOwner } from '../../../../sim/aws/page/owner.ts';
import { renderPage } from '../../../../sim/aws/page/render.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';
import { startPreview } from '../data-plane/preview.ts';

describe('the page of the local cloud', () => {
  it('says so when there is nothing', async () => {
    const { aws } = await startSteppedAws();
    expect(answerPage(aws.world, '/_sim')?.body).toContain('Nothing here yet.');
  });

  it('groups resources by their environment and refreshes itself', async () => {
    const { aws, client } = await startSteppedAws();
    const Tags = [{ Key: 'Environment', Value: 'pr-7' }];
    const input = { DomainName: 'pr-7.ephemeral.example', ValidationMethod: 'DNS' as const, Tags };
    await new ACMClient(client).send(new RequestCertificateCommand(input));

    const page = answerPage(aws.world, '/_sim/?x=1');

    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page?.body).toMatch(/<meta http-equiv="refresh"/);
    expect(page?.body).toMatch(/<h2>pr-7 <small>1<\/small><\/h2>[^]*pr-7\.ephemeral\.example[^]*PENDING_VALIDATION/);
  });

  it('puts what carries no tag with the environment that its name names, and what nobody owns last', async () => {
    const { aws } = await startSteppedAws();
    const item = { service: 'x', kind: 'thing', status: 'there' };
    const tagged = (name: string, environment: string) => ({
      ...item,
      name,
      arn: name,
      tags: { Environment: environment },
    });
    const bare = (name: string) => ({ ...item, name, arn: name, tags: {} });
    const items = [bare('mayfly'), bare('api.pr-7.example. A'), bare('api.pr-71.example. A'), tagged('a', 'pr-7')];
    const groups = [...groupByOwner(items)].map(([owner, members]) => [owner, members.map(({ name }) => name)]);
    expect(groups).toEqual([
      ['pr-7', ['api.pr-7.example. A', 'a']],
      ['Shared', ['mayfly', 'api.pr-71.example. A']],
    ]);
    expect(renderPage(aws.world, items)).toMatch(/<a href="#pr-7">pr-7<\/a> <small>2[^]*<a href="#Shared">/);
  });

  it('writes tags as text, whatever is in them', async () => {
    const { aws } = await startSteppedAws();
    aws.world.route53.zones.set('Z1', {
      id: 'Z1',
      name: 'ephemeral.example.',
      callerReference: '1',
      comment: undefined,
      vpcs: [],
      isPrivate: false,
      nameServers: [],
      records: new Map(),
      published: new Map(),
      busyUntil: aws.world.clock.now(),
      tags: { Environment: '<script>alert("x")</script>' },
    });
    const body = answerPage(aws.world, '/_sim')?.body;
    expect(body).not.toContain('<script>alert');
    expect(body).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('is JSON for programs, with the resources of every service', async () => {
    const { aws, run } = await startPreview();
    await run(1);
    const page = answerPage(aws.world, '/_sim/resources');
    const { resources } = JSON.parse(page?.body ?? '{}') as { resources: { service: string; kind: string }[] };
    expect(new Set(resources.map(({ service }) => service))).toEqual(
      new Set(['ec2', 'elasticloadbalancing', 'route53', 'ecs']),
    );
    expect(resources).toContainEqual(
      expect.objectContaining({ kind: 'target group', name: 'pr-7-api', status: '1 healthy' }),
    );
  });

  it('is nowhere else', async () => {
    const { aws } = await startSteppedAws();
    expect(answerPage(aws.world, '/_sim/other')).toBeUndefined();
    expect(answerPage(aws.world, '/')).toBeUndefined();
  });
});
