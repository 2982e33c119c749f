import { createSteppedClock } from '../../../sim/clock.ts';
import { expire } from '../../../src/reconcile/expiry.ts';
import type { Delivery } from '../../../src/reconcile/inbox/delivery.ts';
import { createIntake } from '../../../src/reconcile/inbox/receive.ts';
import { createTakeIn } from '../../../src/reconcile/inbox/take-in.ts';
import { delivery, NOON } from '../../support/deliveries.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

const DAY = 86_400;
export const ID = environmentRecord(7).identity.id;
export const OLD = environmentRecord(7).intent.headSha;
export const NEW = 'b'.repeat(40);

/** One pull request, its inbox, and a GitHub that can be asked about it, or not. */
export function createInboxStage({
  labelPermission = 'write',
  asks = 100,
}: {
  labelPermission?: 'write' | 'triage';
  /** Of one person, in ten minutes. */
  asks?: number;
} = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  const roles = new Map([
    ['octocat', 'write'],
    ['tess', 'triage'],
  ]);
  const github = {
    /** What GitHub meets questions about people with, instead of an answer. */
    failure: undefined as Error | undefined,
    /** What happens while it is asked. */
    meanwhile: (async () => await Promise.resolve()) as () => Promise<unknown>,
    asked: [] as string[],
  };
  const unexpected: unknown[] = [];
  const settings = {
    label: 'ephemeral',
    ttlSeconds: 7 * DAY,
    maxTtlSeconds: 28 * DAY,
    environmentPrefixes: {},
    suitesOf: () => ['smoke'],
    hasDatabase: () => true,
  };
  const intake = createIntake({ store, clock, settings });
  const { takeIn } = createTakeIn({
    ports: {
      store,
      clock,
      forge,
      permissions: {
        async has({ login, needed }) {
          github.asked.push(login);
          await github.meanwhile();
          if (github.failure) {
            throw github.failure;
          }
          const role = roles.get(login);
          return role === 'write' || role === needed;
        },
      },
      onUnexpected: (_, error) => unexpected.push(error),
    },
    settings: {
      ...settings,
      labelPermission,
      allowedBots: ['renovate[bot]'],
      ownLogin: 'mayfly[bot]',
      askLimits: { perUser: { asks, seconds: 600 }, perRepository: { asks: 1000, seconds: 600 } },
    },
  });

  let deliveries = 0;
  /** `at`: seconds after noon by GitHub's clock; null where it does not say. */
  async function hear(says: Delivery['says'], { at = 0, ...more }: { at?: number | null } & Partial<Delivery> = {}) {
    deliveries += 1;
    const saidAt = at === null ? null : new Date(NOON.getTime() + at * 1000);
    return await intake.receive(delivery(`delivery-${deliveries}`, { says, saidAt, ...more }));
  }

  return {
    clock,
    store,
    forge,
    github,
    unexpected,
    hear,
    /** A second after its time is up, it is let go. */
    async endOfTime() {
      const record = await store.environment(ID);
      if (record) {
        clock.advance((record.intent.expiresAt.getTime() - clock.now().getTime()) / 1000 + 1);
        await expire(record, { store, forge, clock, label: 'ephemeral' });
      }
    },
    takeIn: async (signal = new AbortController().signal, id = ID) => await takeIn(id, signal),
    intent: async () => await store.intent(ID),
    /** Replies that say how it ended. */
    answers: () => store.replies.filter(({ reaction }) => reaction !== 'eyes'),
    /** Messages of all replies. */
    said: () => store.replies.flatMap(({ messages }) => messages),
  };
}

export function comment(...names: ('create' | 'redeploy' | 'destroy' | 'status')[]): Delivery['says'] {
  return { kind: 'comment', commentId: 99, commands: names.map((name) => ({ name })), problems: [] };
}
