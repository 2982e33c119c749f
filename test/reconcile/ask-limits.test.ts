import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { type Asking, hasSpentAll, spendAsks } from '../../src/reconcile/ask-limits.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const limits = { perUser: { asks: 2, seconds: 600 }, perRepository: { asks: 3, seconds: 600 } };

function setUp() {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const ask = async (asking: Partial<Asking> = {}) => {
    const whole = { login: 'octocat', repository: 'acme/shop', allowed: true, asks: 1, ...asking };
    const at = { limits, now: clock.now() };
    return await store.transaction(async (transaction) => await spendAsks(whole, at, transaction));
  };
  const isOut = async (login: string, asks = 1) => {
    const at = { limits, now: clock.now() };
    return await store.transaction(async (transaction) => await hasSpentAll({ login, asks }, at, transaction));
  };
  return { clock, ask, isOut };
}

describe('what people may ask for in a while', () => {
  it('is counted for each of them, whatever the case of the login, and told once when it is too much', async () => {
    const { ask, clock } = setUp();
    expect([await ask(), await ask({ login: 'OctoCat' })]).toEqual([{ ok: true }, { ok: true }]);
    const until = new Date(clock.now().getTime() + 600_000);
    clock.advance(60);
    expect(await ask()).toEqual({
      ok: false,
      message: { kind: 'too-many', whose: 'yours', limit: limits.perUser, until },
    });
    expect(await ask()).toEqual({ ok: false, message: undefined });
    expect(await ask({ login: 'hubot' })).toEqual({ ok: true });

    clock.advance(540);
    expect(await ask()).toEqual({ ok: true });
  });

  it('is counted for all of them together in one repository, and in no other', async () => {
    const { ask } = setUp();
    for (const login of ['a', 'b', 'c']) {
      expect(await ask({ login })).toEqual({ ok: true });
    }
    expect(await ask({ login: 'd' })).toMatchObject({ ok: false, message: { whose: 'repository' } });
    expect(await ask({ login: 'e' })).toEqual({ ok: false, message: undefined });
    expect(await ask({ login: 'd', repository: 'acme/other' })).toEqual({ ok: true });
  });

  it('costs nobody anything when it is refused', async () => {
    const { ask } = setUp();
    for (const login of ['a', 'b', 'c']) {
      await ask({ login });
    }
    await ask({ login: 'd' });
    await ask({ login: 'd' });
    for (let count = 0; count < limits.perUser.asks; count += 1) {
      expect(await ask({ login: 'd', repository: 'acme/other' })).toEqual({ ok: true });
    }
  });

  it('is taken from those who may by none of those who may not', async () => {
    const { ask } = setUp();
    for (const login of ['a', 'b', 'c', 'd', 'e']) {
      await ask({ login, allowed: false });
    }
    expect(await ask({ login: 'f', allowed: false })).toMatchObject({ ok: false });
    expect(await ask()).toEqual({ ok: true });
  });

  it('has no limit for what costs nothing', async () => {
    const { ask } = setUp();
    await ask({ asks: 2 });
    expect(await ask({ asks: 0 })).toEqual({ ok: true });
    expect(await ask({ asks: 1 })).toMatchObject({ ok: false });
  });

  it('is known to be spent without counting', async () => {
    const { ask, isOut } = setUp();
    await ask();
    expect([await isOut('octocat'), await isOut('octocat', 2), await isOut('hubot')]).toEqual([false, true, false]);
    expect(await ask()).toEqual({ ok: true });
    expect([await isOut('OCTOCAT'), await isOut('octocat', 0)]).toEqual([true, false]);
  });
});
