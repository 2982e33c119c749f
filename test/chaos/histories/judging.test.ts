import { describe, expect, it } from '@jest/globals';
import { askedAfter } from '../../../sim/chaos/histories/asked.ts';
import { watchExpiries } from '../../../sim/chaos/histories/expiry-watch.ts';
import { pullsUnheard } from '../../../sim/chaos/histories/heard.ts';
import type { Step } from '../../../sim/chaos/histories/step.ts';
import { toldLeaks } from '../../../sim/chaos/histories/told-leaks.ts';
import type { Delivery } from '../../../sim/github/webhooks/delivery.ts';
import type { EnvironmentRecord } from '../../../src/reconcile/store.ts';

const HOUR_MS = 3_600_000;
const CREATED = new Date('2026-11-23T09:00:00Z');

function expiringAfter(hours: number, more: Partial<EnvironmentRecord> = {}): EnvironmentRecord {
  const expiresAt = new Date(CREATED.getTime() + hours * HOUR_MS);
  return {
    life: 1,
    createdAt: CREATED,
    resolution: {},
    intent: { state: 'present', expiresAt },
    ...more,
  } as EnvironmentRecord;
}

const role = (asks: number) => ({
  number: 7,
  asked: true,
  unsure: false,
  commanded: false,
  mayMove: Array.from({ length: asks }, () => CREATED),
  approved: new Set<string>(),
});

describe('the watch over expiries', () => {
  it('reports one that moved with nobody asking', () => {
    const watch = watchExpiries();
    watch.look(role(1), expiringAfter(24));
    watch.look(role(1), expiringAfter(25));
    expect(watch.seen).toEqual([expect.objectContaining({ statement: 12, subject: 'pr-7' })]);
  });

  it('has nothing against one that was asked for, before or since, or that a blueprint set when it was first read', () => {
    const watch = watchExpiries();
    watch.look(role(2), expiringAfter(48, { admittedAt: null }));
    watch.look(role(2), expiringAfter(24, { resolution: null }));
    watch.look(role(2), expiringAfter(1));
    watch.look(role(2), expiringAfter(25));
    watch.look(role(2), expiringAfter(25, { life: 2 }));
    expect(watch.seen).toEqual([]);
  });

  it('reports one beyond what an environment may live', () => {
    const watch = watchExpiries();
    watch.look(role(1), expiringAfter(24 * 29));
    expect(watch.seen).toEqual([expect.objectContaining({ says: 'it would live for 29 days' })]);
  });
});

describe('what was never heard', () => {
  const delivery = (guid: string, statusCode: number, number: number): Delivery =>
    ({
      guid,
      statusCode,
      event: 'pull_request',
      request: { body: JSON.stringify({ pull_request: { number } }) },
    }) as Delivery;

  it('is what no attempt brought home', () => {
    const deliveries = [delivery('a', 0, 1), delivery('b', 502, 2), delivery('b', 200, 2), delivery('c', 500, 3)];
    expect([...pullsUnheard(deliveries)]).toEqual([1, 3]);
  });

  it('is nothing that is about no pull request', () => {
    expect([...pullsUnheard([{ ...delivery('a', 500, 1), event: 'push' }])]).toEqual([]);
  });
});

describe('what a pull request is owed', () => {
  const say = (who: 'developer' | 'outsider' | 'bot', body: string): Step => ({ do: 'say', pull: 0, who, body });
  const open = { isOpen: true, isLabelled: true };

  const cases: readonly [boolean, string, Step, { asked: boolean; isOpen: boolean; isLabelled: boolean }][] = [
    [true, 'a label on an open one', { do: 'label', pull: 0 }, { asked: false, ...open }],
    [false, 'a label on a closed one', { do: 'label', pull: 0 }, { asked: false, isOpen: false, isLabelled: true }],
    [false, "a bot's label", { do: 'label as a bot', pull: 0 }, { asked: false, ...open }],
    [true, 'a reopening with the label', { do: 'reopen', pull: 0 }, { asked: false, ...open }],
    [false, 'a reopening without', { do: 'reopen', pull: 0 }, { asked: false, isOpen: true, isLabelled: false }],
    [false, 'a close', { do: 'close', pull: 0 }, { asked: true, isOpen: false, isLabelled: true }],
    [true, 'create', say('developer', '/ephemeral create'), { asked: false, isOpen: true, isLabelled: false }],
    [false, "an outsider's create", say('outsider', '/ephemeral create'), { asked: false, ...open }],
    [false, 'destroy', say('developer', '/ephemeral destroy'), { asked: true, ...open }],
    [true, "a bot's destroy", say('bot', '/ephemeral destroy'), { asked: true, ...open }],
    [true, 'a quoted destroy', say('developer', '> /ephemeral destroy'), { asked: true, ...open }],
  ];

  it.each(cases.map(([owed, what, step, before]) => ({ owed, what, step, before })))(
    'is $owed after $what',
    ({ owed, step, before }) => {
      expect(askedAfter(step, before)).toBe(owed);
    },
  );
});

describe('what the sweep repaired', () => {
  it('is untrue all the same', () => {
    const leak = { msg: 'a leak was found', environment: { name: 'pr-7' } };
    expect(toldLeaks([JSON.stringify({ msg: 'all is well' }), JSON.stringify(leak)])).toEqual([
      expect.objectContaining({ statement: 5, says: expect.stringContaining('pr-7') }),
    ]);
  });
});
