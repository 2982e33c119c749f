import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TerminalError } from '../../src/domain/failure.ts';
import { createSmokeProvisioner } from '../../src/provision/aws/smoke.ts';
import type { Desired } from '../../src/reconcile/provisioner.ts';

const environment = { id: 'acme/shop#7', pullRequest: { repository: 'acme/shop', number: 7 }, name: 'pr-7' };

function desire(recorded?: { runKey: string }): Desired<'smoke'> {
  const checks = [
    { service: 'api', url: 'https://api.pr-7.example/health', expect: '200-499' },
    { service: 'web', url: 'https://web.pr-7.example/', expect: '200,302' },
  ];
  return {
    environment,
    key: 'smoke',
    kind: 'smoke',
    name: 'smoke',
    spec: { runKey: 'r1', checks, deadlineSeconds: 60 },
    tags: {},
    recorded,
  };
}

function setUp(answer: (url: string) => number) {
  const asked: { url: string; redirect: string | undefined }[] = [];
  const clock = createSteppedClock();
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const address = url instanceof Request ? url.url : String(url);
    asked.push({ url: address, redirect: init?.redirect });
    return await Promise.resolve(new Response(null, { status: answer(address) }));
  };
  return { smoke: createSmokeProvisioner({ fetch, clock }), clock, asked };
}

describe('smoke', () => {
  it('passes when every check gets what it expects, without following redirects', async () => {
    const { smoke, asked } = setUp((url) => (url.includes('web') ? 302 : 404));
    expect(await smoke.observe(desire())).toEqual({ state: 'ready', outputs: { runKey: 'r1' } });
    expect(asked.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
  });

  it.each([
    {
      status: 302,
      location: 'https://people.example/oauth2/authorize?client_id=1',
      state: 'ready',
      reason: 'the page',
    },
    { status: 302, location: 'https://elsewhere.example/', state: 'pending', reason: 'another page' },
    { status: 302, location: '/login', state: 'pending', reason: "the application's own page" },
    { status: 200, location: null, state: 'pending', reason: 'an answer to whoever asks' },
  ])('is $state for an address behind a sign-in that leads to $reason', async ({ status, location, state }) => {
    const headers = location === null ? {} : { location };
    const fetch = async () => await Promise.resolve(new Response(null, { status, headers }));
    const smoke = createSmokeProvisioner({ fetch, clock: createSteppedClock() });
    const wanted = desire();
    const checks = wanted.spec.checks.map((check) => ({ ...check, signIn: 'people.example' }));
    const observed = await smoke.observe({ ...wanted, spec: { ...wanted.spec, checks } });
    expect(observed.state).toBe(state);
  });

  it('is not run again for a key it passed for', async () => {
    const { smoke, asked } = setUp(() => 500);
    expect((await smoke.observe(desire({ runKey: 'r1' }))).state).toBe('ready');
    expect(asked).toEqual([]);
  });

  it('has patience until the deadline, then names what was got and what was expected', async () => {
    const { smoke, clock } = setUp((url) => (url.includes('web') ? 200 : 502));
    expect(await smoke.observe(desire())).toMatchObject({
      state: 'pending',
      waitingFor: 'smoke checks to pass (`https://api.pr-7.example/health` answered 502, expected 200-499)',
    });
    clock.advance(59);
    expect((await smoke.observe(desire())).state).toBe('pending');
    clock.advance(1);
    await expect(smoke.observe(desire())).rejects.toMatchObject({
      reason: 'SmokeFailed',
      actor: 'author',
      message: '`https://api.pr-7.example/health` answered 502, expected 200-499.',
    });
  });

  it('passes after its deadline all the same, once the service answers', async () => {
    let status = 502;
    const { smoke, clock } = setUp(() => status);
    await smoke.observe(desire());
    clock.advance(600);
    await expect(smoke.observe(desire())).rejects.toMatchObject({ reason: 'SmokeFailed' });
    status = 200;
    expect((await smoke.observe(desire())).state).toBe('ready');
  });

  it('takes no answer at all for a failure', async () => {
    const { clock } = setUp(() => 200);
    const smoke = createSmokeProvisioner({
      fetch: async () => await Promise.reject(new TypeError('fetch failed')),
      clock,
    });
    expect(await smoke.observe(desire())).toMatchObject({ waitingFor: expect.stringContaining('answered nothing') });
  });

  it('says at once where it may not go', async () => {
    const refused = new TerminalError('SmokeRefused', 'It leads inside.', { actor: 'operator' });
    const smoke = createSmokeProvisioner({
      fetch: async () => await Promise.reject(refused),
      clock: createSteppedClock(),
    });
    await expect(smoke.observe(desire())).rejects.toBe(refused);
  });
});
