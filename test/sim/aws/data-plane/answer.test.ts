import { CreateListenerCommand, type RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { issueCertificate } from '../acm/issued-certificate.ts';
import { NOT_FOUND_ACTION } from '../elbv2/shared-load-balancer.ts';
import { HOST, startPreview } from './preview.ts';

describe('a request for a host', () => {
  it('goes nowhere without a DNS record', async () => {
    const { run, get } = await startPreview();
    await run(1);
    const { status, headers, body } = await get({});
    expect([status, headers['x-sim-error']]).toEqual([599, 'NXDOMAIN']);
    expect(body).toContain(HOST);
  });

  it('reaches the task behind the rule, wherever the case of its letters and its port', async () => {
    const { addAlias, run, get } = await startPreview();
    await addAlias(HOST);
    await run(1);
    const { status, body } = await get({ host: `${HOST.toUpperCase()}:80`, headers: { accept: 'application/json' } });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ image: 'api:1' });
  });

  it('keeps a path of two slashes, of which the first part is no host', async () => {
    const { addAlias, run, get } = await startPreview();
    await addAlias(HOST);
    await run(1);
    for (const path of ['//api/health', '//']) {
      const { status, body } = await get({ path, headers: { accept: 'application/json' } });
      expect([status, JSON.parse(body)]).toMatchObject([200, { path }]);
    }
  });

  it('gets the default answer of the listener when no rule matches', async () => {
    const { addAlias, get } = await startPreview();
    await addAlias('*.ephemeral.example');
    expect(await get({ host: 'web.ephemeral.example' })).toMatchObject({ status: 404, body: 'no such preview' });
  });

  it('is lost below a wildcard once something else exists beside it', async () => {
    const { addAlias, addRecord, get } = await startPreview();
    await addAlias('*.ephemeral.example');
    expect((await get({ host: 'web.pr-7.ephemeral.example' })).status).toBe(404);
    await addRecord({
      Name: '_acme.pr-7.ephemeral.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'x.acm-validations.aws' }],
    });
    expect((await get({ host: 'web.pr-7.ephemeral.example' })).headers['x-sim-error']).toBe('NXDOMAIN');
  });

  it('follows a CNAME to the load balancer', async () => {
    const { addRecord, dnsName, get } = await startPreview();
    await addRecord({
      Name: 'www.example.ephemeral.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: dnsName }],
    });
    expect((await get({ host: 'www.example.ephemeral.example' })).status).toBe(404);
  });

  it('gets 503 while no target is registered', async () => {
    const { addAlias, get } = await startPreview();
    await addAlias(HOST);
    const { status, headers, body } = await get({});
    expect(status).toBe(503);
    expect(headers['server']).toBe('awselb/2.0');
    expect(body).toContain('<h1>503 Service Temporarily Unavailable</h1>');
  });

  it('still reaches a task when all of them are unhealthy', async () => {
    const { aws, clock, addAlias, run, get, health } = await startPreview();
    await addAlias(HOST);
    await run(1);
    setBehaviour(aws.world, { image: 'api:1', startDelaySeconds: 0, statusByPath: { '/healthz': 500 } });
    clock.advance(10);
    expect((await health())[0]?.State).toBe('unhealthy');
    expect((await get({})).status).toBe(200);
  });

  it('gets 502 when the task no longer takes connections', async () => {
    const { aws, addAlias, run, get } = await startPreview();
    await addAlias(HOST);
    await run(1);
    aws.world.ecs.tasksByIp.clear();
    const { status, body } = await get({});
    expect(status).toBe(502);
    expect(body).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('is spread over the tasks in turn', async () => {
    const { addAlias, run, get } = await startPreview();
    await addAlias(HOST);
    await run(2);
    const answers = [];
    for (let index = 0; index < 4; index++) {
      answers.push(JSON.parse((await get({ path: '/?format=json' })).body).task);
    }
    expect(new Set(answers).size).toBe(2);
    expect(answers.slice(2)).toEqual(answers.slice(0, 2));
  });

  it('is refused on a port without a listener', async () => {
    const { addAlias, get } = await startPreview();
    await addAlias(HOST);
    expect((await get({ listenerPort: 8443 })).headers['x-sim-error']).toBe('REFUSED');
  });

  it('by way of an address record reaches the task itself', async () => {
    const { aws, addRecord, run, get } = await startPreview();
    await run(1);
    const [ip = ''] = aws.world.ecs.tasksByIp.keys();
    await addRecord({ Name: 'search.pr-7.ephemeral.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: ip }] });
    const host = 'search.pr-7.ephemeral.example';
    expect((await get({ host, listenerPort: 8080 })).status).toBe(200);
    expect((await get({ host, listenerPort: 9200 })).headers['x-sim-error']).toBe('REFUSED');
  });
});

describe('a request over HTTPS', () => {
  it('needs a certificate whose wildcard stands for exactly one label', async () => {
    const preview = await startPreview();
    const { elb, loadBalancerArn, zone, addAlias, get } = preview;
    const certificate = await issueCertificate(preview, zone, ['*.ephemeral.example']);
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: loadBalancerArn,
        Port: 443,
        Protocol: 'HTTPS',
        Certificates: [{ CertificateArn: certificate }],
        DefaultActions: [NOT_FOUND_ACTION],
      }),
    );
    await addAlias(HOST);
    await addAlias('pr-8.ephemeral.example');
    expect((await get({ listenerPort: 443, host: 'pr-8.ephemeral.example' })).status).toBe(404);
    expect((await get({ listenerPort: 443 })).headers['x-sim-error']).toBe('TLS');
  });
});

describe('the rules of a listener', () => {
  it('are tried from the lowest priority, each with all of its conditions', async () => {
    const { addAlias, createRule, get } = await startPreview();
    await addAlias('web.ephemeral.example');
    const says = (MessageBody: string) => [
      { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '200', MessageBody } },
    ];
    const onHost = { Field: 'host-header', Values: ['*.ephem?ral.example'] };
    const conditions: [string, RuleCondition][] = [
      ['path', { Field: 'path-pattern', Values: ['/admin/*'] }],
      ['method', { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } }],
      ['header', { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Preview', Values: ['y*'] } }],
      ['query', { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'beta', Value: '1' }] } }],
      ['source', { Field: 'source-ip', SourceIpConfig: { Values: ['198.51.100.0/24'] } }],
    ];
    for (const [index, [name, condition]] of conditions.entries()) {
      await createRule({ Priority: 100 + index, Conditions: [onHost, condition], Actions: says(name) });
    }
    await createRule({ Priority: 200, Conditions: [onHost], Actions: says('any') });
    const host = 'web.ephemeral.example';
    const body = async (request: Parameters<typeof get>[0]) => (await get({ host, ...request })).body;

    expect(await body({ path: '/admin/users?x=1' })).toBe('path');
    expect(await body({ path: '/ADMIN/users' })).toBe('any');
    expect(await body({ path: '/admin/', method: 'POST' })).toBe('path');
    expect(await body({ method: 'POST' })).toBe('method');
    expect(await body({ headers: { 'x-preview': 'YES' } })).toBe('header');
    expect(await body({ path: '/?Beta=1' })).toBe('query');
    expect(await body({ path: '/?beta=11' })).toBe('any');
    expect(await body({ sourceIp: '198.51.100.9' })).toBe('source');
    expect(await body({})).toBe('any');
  });

  it('redirect to where their placeholders lead', async () => {
    const { addAlias, createRule, get } = await startPreview();
    await addAlias('web.ephemeral.example');
    await createRule({
      Priority: 1,
      Conditions: [{ Field: 'host-header', Values: ['web.ephemeral.example'] }],
      Actions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
    });
    const { status, headers } = await get({ host: 'web.ephemeral.example', path: '/a/b?c=d' });
    expect([status, headers['location']]).toEqual([301, 'https://web.ephemeral.example:443/a/b?c=d']);
  });
});
