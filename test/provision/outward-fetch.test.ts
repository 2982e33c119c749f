import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { reachOf } from '../../src/provision/aws/inside-address.ts';
import { createOutwardFetch } from '../../src/provision/aws/outward-fetch.ts';
import { type Call, visit } from '../../src/provision/aws/visit.ts';

const ZONE = 'ephemeral.example.gov.uk';
const LOAD_BALANCER = 'internal-mayfly-1.eu-west-1.elb.amazonaws.com';
const URL_OF_API = `https://api.pr-7.${ZONE}/health`;

/** A name server of our own; whatever it is asked, and wherever was gone, is kept. */
function outward(names: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const calls: Call[] = [];
  const fetch = createOutwardFetch({
    zone: ZONE,
    loadBalancer: LOAD_BALANCER,
    async resolve(host) {
      asked.push(host);
      const addresses = names[host] ?? [];
      return await Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
    async call(call) {
      calls.push(call);
      return await Promise.resolve(new Response(null, { status: 204 }));
    },
  });
  return { fetch, asked, calls };
}

const api = `api.pr-7.${ZONE}`;

describe('a smoke check', () => {
  it('goes to the public address that was looked up, and to no other', async () => {
    const { fetch, calls, asked } = outward({ [api]: ['18.130.1.2', '2a05:d01c::1'] });
    expect((await fetch(URL_OF_API)).status).toBe(204);
    expect(calls[0]?.addresses.map(({ address }) => address)).toEqual(['18.130.1.2', '2a05:d01c::1']);
    expect(asked).toEqual([api]);
  });

  it.each([
    ['127.0.0.1', 'this machine'],
    ['::1', 'this machine'],
    ['0.0.0.0', 'this machine'],
    ['::', 'this machine'],
    ['169.254.169.254', 'the instance metadata service'],
    ['169.254.170.2', "the container's credentials"],
    ['fd00:ec2::254', 'the instance metadata service'],
    ['::ffff:169.254.169.254', 'the same in IPv6'],
    ['::ffff:a9fe:a9fe', 'the same in hexadecimal'],
    ['64:ff9b::a9fe:a9fe', 'the same behind a translator'],
    ['2002:a9fe:a9fe::', 'the same in 6to4'],
    ['fe80::1', 'a neighbour'],
    ['10.0.3.7', "another service of the platform's network"],
    ['192.168.1.1', 'the same'],
    ['172.31.255.255', 'the same'],
    ['100.64.0.1', 'the same'],
    ['224.0.0.1', 'a group'],
    ['255.255.255.255', 'everybody'],
    ['0x7f.1', 'nothing that can be read'],
  ])('does not go to %s, which is %s', async (address) => {
    const { fetch, calls } = outward({ [api]: [address], [LOAD_BALANCER]: ['10.0.9.9'] });
    await expect(fetch(URL_OF_API)).rejects.toMatchObject({
      reason: 'SmokeRefused',
      actor: 'operator',
      message: expect.not.stringContaining(address),
    });
    expect(calls).toEqual([]);
  });

  it('is not persuaded by one good address among bad ones', async () => {
    const { fetch, calls } = outward({ [api]: ['18.130.1.2', '169.254.169.254'] });
    await expect(fetch(URL_OF_API)).rejects.toMatchObject({ reason: 'SmokeRefused' });
    expect(calls).toEqual([]);
  });

  it("goes to a private address that is the load balancer's", async () => {
    const { fetch } = outward({ [api]: ['10.0.9.9'], [LOAD_BALANCER]: ['10.0.9.9', '10.0.8.8'] });
    expect((await fetch(URL_OF_API)).status).toBe(204);
  });

  it('does not go to this machine even where the load balancer is said to be there', async () => {
    const { fetch } = outward({ [api]: ['127.0.0.1'], [LOAD_BALANCER]: ['127.0.0.1'] });
    await expect(fetch(URL_OF_API)).rejects.toMatchObject({ reason: 'SmokeRefused' });
  });

  it.each([
    [`https://evil.example/${ZONE}`, 'another domain'],
    [`https://evil${ZONE}/`, 'a domain that ends alike'],
    [`https://${ZONE}.evil.example/`, 'a domain that begins alike'],
    [`https://${ZONE}/`, 'the zone itself'],
    [`https://user:pw@${api}/`, 'with credentials'],
    [`https://${api}@evil.example/`, 'a host that looks like a login'],
    ['https://169.254.169.254/latest/meta-data/', 'an address'],
    [`file:///etc/passwd?.${ZONE}`, 'a file'],
    [`ftp://${api}/`, 'not HTTP'],
  ])('does not go to %s: %s', async (url) => {
    const { fetch, asked } = outward({ [api]: ['18.130.1.2'] });
    await expect(fetch(url)).rejects.toMatchObject({ reason: 'SmokeRefused' });
    expect(asked).toEqual([]);
  });

  it('only ever asks', async () => {
    const { fetch } = outward({ [api]: ['18.130.1.2'] });
    await expect(fetch(URL_OF_API, { method: 'POST' })).rejects.toMatchObject({ reason: 'SmokeRefused' });
  });

  it('waits for a silent name server no longer than for the service', async () => {
    const fetch = createOutwardFetch({
      zone: ZONE,
      loadBalancer: LOAD_BALANCER,
      resolve: async () => await new Promise(() => undefined),
    });
    const controller = new AbortController();
    const answer = fetch(URL_OF_API, { signal: controller.signal });
    controller.abort(new Error('too late'));
    await expect(answer).rejects.toThrow('too late');
  });
});

it.each([
  ['100.63.255.255', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['223.255.255.255', 'public'],
  ['fc00::1', 'private'],
  ['2001:db8::1', 'never'],
  ['', 'never'],
  ['localhost', 'never'],
])('the reach of %j is %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach);
});

describe('a visit', () => {
  let server: Server | undefined;

  // A name that does not exist, at an address that it does not have: what it would look up is never asked.
  beforeEach(() => nock.enableNetConnect(/^(127\.0\.0\.1|api\.pr-7\.)/));
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  });

  /** A service of a pull request at an address that its name does not have. */
  async function serviceThat(handle: Parameters<typeof createServer>[1]): Promise<URL> {
    server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new URL(`http://${api}:${(server.address() as AddressInfo).port}/health`);
  }

  const here = [{ address: '127.0.0.1', family: 4 }];

  it('connects to the address it is given, in the name of the host, and brings nothing along', async () => {
    let headers: IncomingHttpHeaders = {};
    const url = await serviceThat((request, response) => {
      ({ headers } = request);
      response.setHeader('set-cookie', 'a=b').end('hello');
    });
    expect((await visit({ url, addresses: here })).status).toBe(200);
    await visit({ url, addresses: here });
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
    expect(headers).toMatchObject({ host: url.host, connection: 'close' });
  });

  it('reports a redirect, and does not follow it', async () => {
    const paths: (string | undefined)[] = [];
    const url = await serviceThat((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    const answer = await visit({ url, addresses: here });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://169.254.169.254/latest/meta-data/']);
    expect(paths).toEqual(['/health']);
  });

  it('does not read a body that never ends', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const url = await serviceThat((_request, response) => {
      closed = once(response, 'close');
      const piece = Buffer.alloc(64 * 1024);
      const pour = (): void => {
        if (!response.destroyed) {
          response.write(piece, pour);
        }
      };
      pour();
    });
    expect((await visit({ url, addresses: here })).status).toBe(200);
    await closed;
  });

  it('refuses headers without end', async () => {
    const url = await serviceThat((_request, response) => {
      response.writeHead(200, { 'x-long': 'x'.repeat(64 * 1024) }).end();
    });
    await expect(visit({ url, addresses: here })).rejects.toMatchObject({ code: 'HPE_HEADER_OVERFLOW' });
  });

  it('ends when it is told to, though the service says nothing', async () => {
    const controller = new AbortController();
    const url = await serviceThat(() => controller.abort());
    await expect(visit({ url, addresses: here, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('survives a status that there is not', async () => {
    const url = await serviceThat(({ socket }) => socket.end('HTTP/1.1 999 What\r\n\r\n'));
    await expect(visit({ url, addresses: here })).rejects.toMatchObject({ name: 'RangeError' });
  });
});
