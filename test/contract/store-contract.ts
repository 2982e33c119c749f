import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReplyJob } from '../../src/reconcile/reply.ts';
import type { AuditEvent, EnvironmentRecord, SlotClaim, Store } from '../../src/reconcile/store.ts';
import { environmentRecord, resourceRecord, workflowRun } from '../support/environment-record.ts';
import { nasty } from '../support/nasty.ts';
import { describeInbox } from './inbox-contract.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Environments with a look waiting. */
  enqueued(): Promise<readonly string[]>;
  /** Replies that wait to be sent. */
  replies(): Promise<readonly ReplyJob[]>;
}

const NOON = new Date('2026-11-20T12:00:00Z');
const changedMind = new Error('changed its mind');

/** What every `Store` does. The tests share one store and use numbers of their own. */
export function describeStore(open: () => Promise<StoreUnderTest>): void {
  let underTest: StoreUnderTest;
  let store: Store;
  let lastNumber = 0;

  beforeAll(async () => {
    underTest = await open();
    ({ store } = underTest);
  });

  const nextNumber = () => {
    lastNumber += 1;
    return lastNumber;
  };
  const save = async (record: EnvironmentRecord) => {
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
    return record.identity.id;
  };
  const eventOf = (environmentId: string, action: string, at = NOON): AuditEvent => ({
    environmentId,
    at,
    actor: 'octocat',
    action,
    details: { headSha: 'ec021a6', count: 2, forced: false, before: null },
  });

  it('keeps any text that a pull request brings as it is, but for what Postgres cannot hold, and runs none of it', async () => {
    const number = nextNumber();
    await fc.assert(
      fc.asyncProperty(nasty(), async (text) => {
        const record = environmentRecord(number, {
          resolution: {
            headSha: 'e',
            readAt: text,
            blueprint: text,
            changedPaths: [text],
            baseCommits: { [text]: text },
          },
          conditions: [{ type: 'Serving', status: 'false', reason: 'R', message: text, since: NOON }],
          intent: { title: text, headRef: text },
        });
        const id = await save(record);
        const { name } = record.identity;
        await store.saveResource(
          id,
          1,
          resourceRecord('log-group/web', { name, spec: { retentionDays: 7, kmsKeyId: text } }),
        );
        const held = text
          .replaceAll('\0', '\uFFFD')
          .replace(/^\uFEFF+/, '')
          .toWellFormed();
        const found = await store.environment(id);
        expect([text, held]).toContain(found?.intent.title);
        expect([text, held]).toContain(found?.intent.headRef);
        expect(found?.resolution).toEqual(record.resolution);
        expect(found?.conditions).toEqual(record.conditions);
        expect((await store.resources(id, 1))[0]?.spec).toEqual({ retentionDays: 7, kmsKeyId: text });
      }),
      // How a date is marked in what is stored: a member of that name is no date.
      { numRuns: 60, examples: [['$date'], ['$$date']] },
    );
  });

  describe('an environment', () => {
    it('reads back as it was saved, every field of it', async () => {
      const record = environmentRecord(nextNumber(), {
        life: 3,
        admittedAt: new Date('2026-11-20T09:00:01Z'),
        readyAt: new Date('2026-11-20T09:11:00Z'),
        goneAt: new Date('2026-11-27T09:20:00Z'),
        servedSha: 'ec021a6b1f0c4d3e8a7b6c5d4e3f2a1b0c9d8e7f',
        servedAt: new Date('2026-11-20T09:11:00.001Z'),
        observedGeneration: 4,
        resolution: {
          headSha: 'ec021a6',
          readAt: '2026-11-20T09:00:00Z',
          blueprint: 'services: {}\n',
          changedPaths: ['a', 'b'],
          baseCommits: { b: 'c' },
          base: { ref: 'main', sha: '0d49b75', blueprint: null },
        },
        conditions: [{ type: 'Serving', status: 'true', reason: 'HeadServed', message: 'It is there.', since: NOON }],
        warningsSent: [48, 24],
        intent: {
          state: 'absent',
          generation: 5,
          lifeSeconds: 86_400,
          author: 'renovate[bot]',
          authorIsBot: true,
          draft: true,
          fromFork: true,
          pushedByBot: 'renovate[bot]',
          redeploys: 2,
          databaseResets: 3,
          releaseReason: 'merged',
        },
      });

      const id = await save(record);

      expect(await store.environment(id)).toEqual(record);
      expect(await store.intent(id)).toEqual(record.intent);
    });

    it('is undefined when nobody ever wanted it', async () => {
      expect(await store.environment('acme/shop#999999')).toBeUndefined();
      expect(await store.intent('acme/shop#999999')).toBeUndefined();
    });

    it('is replaced as a whole when it is saved again', async () => {
      const number = nextNumber();
      const id = await save(environmentRecord(number, { servedSha: 'old', goneAt: NOON }));
      const revived = environmentRecord(number, { life: 2, intent: { generation: 2 } });

      await save(revived);

      expect(await store.environment(id)).toEqual(revived);
    });

    it('keeps the title that people wrote, whatever they wrote', async () => {
      const titles = [`'); drop table environments; --`, '🎄 «Füße» \u202Eevil', 'x'.repeat(5000)];
      for (const title of titles) {
        const id = await save(environmentRecord(nextNumber(), { intent: { title } }));

        expect((await store.intent(id))?.title).toBe(title);
      }
    });
  });

  describe('an outcome', () => {
    it('changes what it names and nothing else', async () => {
      const record = environmentRecord(nextNumber(), { warningsSent: [48] });
      const id = await save(record);
      const condition = { type: 'Admitted', status: 'true', reason: 'SlotFree', message: '', since: NOON } as const;

      await store.saveOutcome(id, 1, { conditions: [condition], observedGeneration: 1 });
      await store.saveOutcome(id, 1, { servedSha: 'ec021a6', servedAt: NOON });
      await store.saveOutcome(id, 1, {});

      expect(await store.environment(id)).toEqual({
        ...record,
        conditions: [condition],
        observedGeneration: 1,
        servedSha: 'ec021a6',
        servedAt: NOON,
      });
    });

    it('leaves an intent alone that changed while the pass ran', async () => {
      const number = nextNumber();
      const id = await save(environmentRecord(number));
      const closed = { state: 'absent', generation: 2, releaseReason: 'closed' } as const;

      await Promise.all([
        save(environmentRecord(number, { intent: closed })),
        store.saveOutcome(id, 1, { observedGeneration: 1 }),
      ]);
      await store.saveOutcome(id, 1, { readyAt: NOON, warningsSent: [48, 24, 4] });

      expect(await store.intent(id)).toMatchObject(closed);
    });

    it('says nothing of the next life when it comes late', async () => {
      const number = nextNumber();
      const id = await save(environmentRecord(number, { life: 2 }));

      await store.saveOutcome(id, 1, { goneAt: NOON, servedSha: 'ec021a6' });

      expect(await store.environment(id)).toMatchObject({ life: 2, goneAt: null, servedSha: null });
    });

    it('takes an environment that is gone off the list of live ones', async () => {
      const id = await save(environmentRecord(nextNumber()));

      await store.saveOutcome(id, 1, { goneAt: NOON });

      expect((await store.liveEnvironments()).map(({ identity }) => identity.id)).not.toContain(id);
    });
  });

  describe('live environments', () => {
    it('stand in the order of their age', async () => {
      const younger = await save(environmentRecord(nextNumber(), { createdAt: new Date('2026-11-20T10:00:02Z') }));
      const older = await save(environmentRecord(nextNumber(), { createdAt: new Date('2026-11-20T10:00:01Z') }));
      const inOrder = (records: readonly EnvironmentRecord[]) =>
        records.map(({ identity }) => identity.id).filter((id) => id === younger || id === older);

      expect(inOrder(await store.liveEnvironments())).toEqual([older, younger]);
      await store.transaction(async (transaction) => {
        expect(inOrder(await transaction.liveEnvironments())).toEqual([older, younger]);
      });
    });

    it('never take more slots than there are, with twenty asking at once', async () => {
      const limit = 3;
      const repository = 'acme/crowded';
      const crowd = Array.from({ length: 20 }, (_, index) => {
        const record = environmentRecord(index + 1);
        const pullRequest = { repository, number: index + 1 };
        return { ...record, identity: { ...record.identity, pullRequest, id: `${repository}#${index + 1}` } };
      });
      await Promise.all(crowd.map(save));
      const admitted = async (list: Promise<readonly EnvironmentRecord[]>) =>
        (await list).filter(({ identity, admittedAt }) => identity.pullRequest.repository === repository && admittedAt);

      await Promise.all(
        crowd.map(async (record) => {
          await store.transaction(async (transaction) => {
            if ((await admitted(transaction.liveEnvironments())).length < limit) {
              await transaction.saveEnvironment({ ...record, admittedAt: NOON });
            }
          });
        }),
      );

      expect(await admitted(store.liveEnvironments())).toHaveLength(limit);
    });
  });

  describe('claims to a slot', () => {
    const claimsOf = async (...ids: readonly string[]) =>
      (await store.transaction(async (transaction) => await transaction.claims())).filter(({ environmentId }) =>
        ids.includes(environmentId),
      );
    const claim = (environmentId: string, more: Partial<SlotClaim> = {}): SlotClaim => ({
      environmentId,
      life: 1,
      since: NOON,
      passedOver: 0,
      needs: [],
      lacks: null,
      ...more,
    });
    const saveClaim = async (saved: SlotClaim) =>
      await store.transaction(async (transaction) => {
        await transaction.claims();
        await transaction.saveClaim(saved);
      });

    it('read back as they were saved last', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const pool = { kind: 'clones', of: 'mayfly-source' } as const;
      const shortage = { ...pool, limit: 15, used: 15, needed: 1 };
      const saved = claim(id, {
        since: new Date('2026-11-20T12:00:00.001Z'),
        passedOver: 2,
        needs: [{ ...pool, item: 'nonprod-pr-7' }],
        lacks: { shortage, readAt: NOON },
      });
      await saveClaim(claim(id));
      await saveClaim(saved);

      expect(await claimsOf(id)).toEqual([saved]);
      expect(await store.claim(id, 1)).toEqual(saved);
      expect(await store.claim(id, 2)).toBeUndefined();
    });

    it('are of the present life, and over when it is', async () => {
      const [gone, again] = [nextNumber(), nextNumber()];
      const ids = [await save(environmentRecord(gone)), await save(environmentRecord(again))];
      for (const id of ids) {
        await saveClaim(claim(id));
      }
      await save(environmentRecord(gone, { goneAt: NOON }));
      await save(environmentRecord(again, { life: 2 }));

      expect(await claimsOf(...ids)).toEqual([]);
    });

    it('are withdrawn, and nobody minds one that is not there', async () => {
      const id = await save(environmentRecord(nextNumber()));
      await saveClaim(claim(id));
      for (let twice = 0; twice < 2; twice += 1) {
        await store.transaction(async (transaction) => await transaction.withdrawClaim(id));
      }

      expect(await claimsOf(id)).toEqual([]);
    });

    it('are not made by a transaction that fails', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const failing = store.transaction(async (transaction) => {
        await transaction.saveClaim(claim(id));
        throw changedMind;
      });

      await expect(failing).rejects.toBe(changedMind);
      expect(await claimsOf(id)).toEqual([]);
    });
  });

  describe('a transaction', () => {
    it('leaves nothing behind when it is rolled back: no row, no event, no look, no reply', async () => {
      const record = environmentRecord(nextNumber());
      const { id } = record.identity;

      await expect(
        store.transaction(async (transaction) => {
          await transaction.saveEnvironment(record);
          await transaction.appendEvent(eventOf(id, 'wanted'));
          await transaction.enqueue(id);
          await transaction.enqueueReply({ ...reply, commentId: 77 });
          throw changedMind;
        }),
      ).rejects.toBe(changedMind);

      expect(await store.environment(id)).toBeUndefined();
      expect(await store.events(id)).toEqual([]);
      expect(await underTest.enqueued()).not.toContain(id);
      expect((await underTest.replies()).map(({ commentId }) => commentId)).not.toContain(77);
    });

    it('commits the row, the event, the look and the reply together', async () => {
      const record = environmentRecord(nextNumber());
      const { id } = record.identity;

      await store.transaction(async (transaction) => {
        await transaction.saveEnvironment(record);
        await transaction.appendEvent(eventOf(id, 'wanted'));
        await transaction.enqueue(id);
        await transaction.enqueue(id);
        await transaction.enqueueReply(reply);
      });

      expect(await store.environment(id)).toEqual(record);
      expect(await store.events(id)).toHaveLength(1);
      expect((await underTest.enqueued()).filter((each) => each === id)).toEqual([id]);
      expect(await underTest.replies()).toContainEqual(reply);
    });

    it('sees its own writes', async () => {
      const record = environmentRecord(nextNumber());

      await store.transaction(async (transaction) => {
        await transaction.saveEnvironment(record);

        expect(await transaction.environment(record.identity.id)).toEqual(record);
      });
    });

    it('loses no change when ten change one environment at once', async () => {
      const record = environmentRecord(nextNumber(), { intent: { redeploys: 0 } });
      const { id } = record.identity;

      // Ten that wait for each other have ten connections opened; else the first is done before the second has its own.
      const atOnce = { length: 10 };
      await Promise.all(
        Array.from(
          atOnce,
          async () => await store.transaction(async (transaction) => await transaction.liveEnvironments()),
        ),
      );

      // The first of them inserts the row: a lock of rows alone would let several do so.
      await Promise.all(
        Array.from(atOnce, async () => {
          await store.transaction(async (transaction) => {
            const { intent } = (await transaction.environment(id)) ?? record;
            await transaction.saveEnvironment({ ...record, intent: { ...intent, redeploys: intent.redeploys + 1 } });
          });
        }),
      );

      expect((await store.intent(id))?.redeploys).toBe(10);
    });
  });

  describeInbox(() => store);

  describe('resources', () => {
    it('read back as they were saved, in the order they were first asked for', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const zebra = resourceRecord('zebra', { spec: { b: 1, a: [null, 'x'] } });
      const ant = resourceRecord('ant', { outputs: { arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:x' } });
      await store.saveResource(id, 1, zebra);
      await store.saveResource(id, 1, ant);
      const later = { ...zebra, state: 'ready' as const, readyAt: NOON, message: 'there' };

      await store.saveResource(id, 1, later);

      expect(await store.resources(id, 1)).toEqual([later, ant]);
    });

    it('keep the instant at which they were first asked for', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const first = resourceRecord('clone', { askedAt: new Date('2026-11-20T09:00:00Z') });
      await store.saveResource(id, 1, first);

      await store.saveResource(id, 1, { ...first, askedAt: NOON, state: 'pending' });

      expect(await store.resources(id, 1)).toEqual([{ ...first, state: 'pending' }]);
    });

    it('belong to one life', async () => {
      const id = await save(environmentRecord(nextNumber()));
      await store.saveResource(id, 1, resourceRecord('clone', { state: 'gone', goneAt: NOON }));
      await store.saveResource(id, 2, resourceRecord('clone'));

      expect((await store.resources(id, 1)).map(({ state }) => state)).toEqual(['gone']);
      expect((await store.resources(id, 2)).map(({ state }) => state)).toEqual(['asked']);
      expect(await store.resources(id, 3)).toEqual([]);
    });
  });

  describe('workflow runs', () => {
    const asked = { at: NOON, repository: 'acme/shop', workflow: 'ephemeral-cd.yaml', ref: 'feature/basket' };
    const dispatch = {
      ...asked,
      inputs: { test_suite: 'regression' },
      correlationId: 'c-1',
      traceable: true,
      sent: 1,
      accepted: true,
    };

    it('read back as they were saved, in the order they were asked for, each of its own life', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const first = workflowRun({ key: 'suite/b', message: 'half an emoji: x' });
      const link = { id: 30_433_642_001, number: 812, url: 'https://github.com/acme/shop/actions/runs/30433642001' };
      const ended = { startedAt: NOON, endedAt: NOON, conclusion: 'success' } as const;
      const second = workflowRun({ key: 'build/a', kind: 'build', dispatch, link, redeploys: 2, ...ended });
      await store.saveRun(id, 1, first);
      await store.transaction(async (transaction) => await transaction.saveRun(id, 1, second));
      await store.saveRun(id, 2, first);

      expect(await store.runs(id, 1)).toEqual([first, second]);
      expect(await store.transaction(async (transaction) => await transaction.runs(id, 2))).toEqual([first]);
      expect(await store.runs(id, 3)).toEqual([]);
    });

    it('are heard of by the id that the forge gave them, and what is saved later does not undo that', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const link = { id: 30_433_642_002, number: null, url: '' };
      const run = workflowRun({ dispatch, link });
      await store.saveRun(id, 1, run);

      const heard = await store.transaction(async (transaction) => await transaction.hearOfRun(link.id, NOON));
      await store.saveRun(id, 1, { ...run, askedAt: NOON, startedAt: NOON });

      expect(heard).toEqual([id]);
      expect(await store.runs(id, 1)).toEqual([{ ...run, heardAt: NOON, startedAt: NOON }]);
      expect(await store.transaction(async (transaction) => await transaction.hearOfRun(1, NOON))).toEqual([]);
    });

    it('are not asked for when the transaction that asked fails', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const failing = store.transaction(async (transaction) => {
        await transaction.saveRun(id, 1, workflowRun());
        throw changedMind;
      });

      await expect(failing).rejects.toBe(changedMind);
      expect(await store.runs(id, 1)).toEqual([]);
    });
  });

  describe('approvals', () => {
    const approval = { sha: 'ec021a6', baseRef: 'main', by: 'octocat', at: NOON };

    it('are kept without any environment, one for each commit and branch, the first as it was given', async () => {
      const { id } = environmentRecord(nextNumber()).identity;
      const later = new Date(NOON.getTime() + 1000);
      const others = [
        { ...approval, sha: 'd4e5f60', at: later },
        { ...approval, baseRef: 'release', at: new Date(later.getTime() + 1000) },
      ];
      for (const given of [approval, { ...approval, by: 'hubot', at: later }, ...others]) {
        await store.transaction(async (transaction) => await transaction.saveApproval(id, given));
      }

      expect(await store.approvals(id)).toEqual([approval, ...others]);
      expect(await store.transaction(async (transaction) => await transaction.approvals(id))).toHaveLength(3);
      expect(await store.approvals(environmentRecord(nextNumber()).identity.id)).toEqual([]);
    });

    it('are not given when the transaction that gives them fails', async () => {
      const { id } = environmentRecord(nextNumber()).identity;
      const given = store.transaction(async (transaction) => {
        await transaction.saveApproval(id, approval);
        throw changedMind;
      });
      await expect(given).rejects.toBe(changedMind);

      expect(await store.approvals(id)).toEqual([]);
    });
  });

  describe('a rate window', () => {
    it('counts every one of twenty that spend at once', async () => {
      const subject = `user octocat ${nextNumber()}`;
      const spendOne = async () =>
        await store.transaction(async (transaction) => {
          const { asks = 0 } = (await transaction.rateWindow(subject)) ?? {};
          await transaction.saveRateWindow(subject, { since: NOON, asks: asks + 1, told: asks > 10 });
        });
      await Promise.all(Array.from({ length: 20 }, spendOne));

      const found = await store.transaction(async (transaction) => await transaction.rateWindow(subject));
      expect(found).toEqual({ since: NOON, asks: 20, told: true });
    });

    it('is as it was when the transaction that spends fails', async () => {
      const subject = `user octocat ${nextNumber()}`;
      const spent = store.transaction(async (transaction) => {
        await transaction.saveRateWindow(subject, { since: NOON, asks: 1, told: false });
        throw changedMind;
      });
      await expect(spent).rejects.toBe(changedMind);

      expect(await store.transaction(async (transaction) => await transaction.rateWindow(subject))).toBeUndefined();
    });
  });

  describe('publications', () => {
    it('are remembered by kind, the last one of each', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const comment = { externalId: '1', digest: 'a', sha: '' };
      const check = { externalId: '2', digest: 'b', sha: 'ec021a6' };
      await store.publications(id).put('comment', { ...comment, digest: 'older' });
      await store.publications(id).put('comment', comment);
      await store.publications(id).put('check', check);

      expect(await store.publications(id).get('comment')).toEqual(comment);
      expect(await store.publications(id).get('check')).toEqual(check);
      expect(await store.publications(id).get('deployment')).toBeUndefined();
      expect(await store.publications('acme/shop#999999').get('comment')).toBeUndefined();
    });
  });

  describe('events', () => {
    it('are kept in the order they happened', async () => {
      const id = await save(environmentRecord(nextNumber()));
      const wanted = eventOf(id, 'wanted');
      const pushed = eventOf(id, 'pushed');
      await store.appendEvent(wanted);
      await store.transaction(async (transaction) => await transaction.appendEvent(pushed));

      expect(await store.events(id)).toEqual([wanted, pushed]);
    });

    it('tell when an environment was last used: when somebody asked something of it, or it served another commit', async () => {
      const [used, serving, untouched] = [nextNumber(), nextNumber(), nextNumber()].map(
        (number) => `acme/shop#${number}`,
      );
      const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
      const note = async (environmentId: string | undefined, by: string, at: Date) => {
        const [actor = '', action = ''] = by.split(': ');
        await store.appendEvent({ ...eventOf(environmentId ?? '', action, at), actor });
      };
      await note(used, 'octocat: want', later(1));
      await note(used, 'octocat: extend', later(3));
      await note(used, 'mayfly: resynced', later(4));
      await note(serving, 'octocat: want', later(1));
      await note(serving, 'mayfly: serving', later(9));

      const ids = [used, serving, untouched].map((id) => id ?? '');
      expect(await store.lastUsed(ids)).toEqual(
        new Map([
          [used, later(3)],
          [serving, later(9)],
        ]),
      );
      expect(await store.lastUsed([])).toEqual(new Map());
    });
  });
}

const reply: ReplyJob = {
  pullRequest: { repository: 'acme/shop', number: 7 },
  installationId: 4_711_000_815,
  commentId: 3_000_000_001,
  reaction: 'rocket',
  messages: [
    { kind: 'extended', expiresAt: new Date('2026-11-30T09:00:00Z'), now: NOON, capped: false, capSeconds: 1_209_600 },
    { kind: 'problem', line: '/ephemeral \0 \ud83d', problem: 'is no command', example: '/ephemeral help' },
    { kind: 'status' },
  ],
};
