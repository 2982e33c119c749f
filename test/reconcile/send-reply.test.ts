import { describe, expect, it } from '@jest/globals';
import type { ReplyJob } from '../../src/reconcile/reply.ts';
import { type ReplyPorts, sendReply } from '../../src/reconcile/send-reply.ts';
import type { EnvironmentRecord } from '../../src/reconcile/store.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const JOB: ReplyJob = {
  pullRequest: environmentRecord(7).identity.pullRequest,
  installationId: 1,
  commentId: 11,
  reaction: 'rocket',
  messages: [],
};

async function answerTo(messages: ReplyJob['messages'], record: EnvironmentRecord | null = environmentRecord(7)) {
  const store = createMemoryStore();
  if (record) {
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  }
  const sent: Parameters<ReplyPorts['replier']['send']>[0][] = [];
  await sendReply(
    { ...JOB, messages },
    {
      store,
      label: 'ephemeral',
      logs: { tail: async ({ logGroup, lines }) => await Promise.resolve([`${lines} lines of ${logGroup}`]) },
      replier: { send: async (job) => await Promise.resolve(void sent.push(job)) },
      logGroupOf: (_, service) => (service === 'web' ? '/mayfly/web' : undefined),
      servicesOf: () => ['web'],
      statusOf: ({ identity }) => [`${identity.name} is ready.`],
      databaseStatusOf: async ({ identity }) => await Promise.resolve([`The clone of ${identity.name} is available.`]),
    },
  );
  return sent;
}

describe('answering a comment', () => {
  it('says what the state is when the answer is sent', async () => {
    expect(await answerTo([{ kind: 'status' }, { kind: 'help' }])).toEqual([
      { ...JOB, messages: [{ kind: 'status', text: ['pr-7 is ready.'] }, { kind: 'help' }] },
    ]);
  });

  it("reads a service's last lines", async () => {
    const [sent] = await answerTo([{ kind: 'logs', service: 'web' }]);

    expect(sent?.messages).toEqual([{ kind: 'logs', service: 'web', lines: ['20 lines of /mayfly/web'] }]);
  });

  it('looks at the database when the answer is sent', async () => {
    const [sent] = await answerTo([{ kind: 'database-status' }]);

    expect(sent?.messages).toEqual([{ kind: 'status', text: ['The clone of pr-7 is available.'] }]);
  });

  it('shakes its head at a service that is not there', async () => {
    const [sent] = await answerTo([{ kind: 'logs', service: 'wbe' }]);

    expect(sent).toMatchObject({
      reaction: 'confused',
      messages: [{ kind: 'unknown-service', service: 'wbe', known: ['web'] }],
    });
  });

  it.each([
    ['never was', null],
    ['is gone', environmentRecord(7, { goneAt: new Date() })],
  ])('shakes its head where an environment %s', async (_, record) => {
    expect(await answerTo([{ kind: 'status' }], record)).toMatchObject([
      { reaction: 'confused', messages: [{ kind: 'no-environment', label: 'ephemeral' }] },
    ]);
  });
});
