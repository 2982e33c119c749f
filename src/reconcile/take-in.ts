import { environmentId } from '../domain/environment.ts';
import { answerAsk, type IntakeSettings } from './ask.ts';
import type { Clock } from './clock.ts';
import type { Ask, Intake, IntakeEvent, IntakeOutcome } from './intake.ts';
import { isRefusal, type ReplyJob, type ReplyMessage } from './reply.ts';
import type { AuditEvent, EnvironmentRecord, Store, StoreTransaction } from './store.ts';

/** Turns what authorised people ask for into intents: one transaction an event, no call to anybody. */
export function createIntake({
  store,
  clock,
  settings,
}: {
  store: Store;
  clock: Clock;
  settings: IntakeSettings;
}): Intake {
  /** Each ask changes what the one before it left. */
  async function answerAll(
    event: IntakeEvent,
    { before, now }: { before: EnvironmentRecord | undefined; now: Date },
    transaction: StoreTransaction,
  ): Promise<{ record: EnvironmentRecord | undefined; said: readonly ReplyMessage[] }> {
    const id = environmentId(event.pullRequest);
    const said: ReplyMessage[] = [];
    let record = before;
    for (const ask of event.asks) {
      const runs = ask.kind === 'test' && record ? await transaction.runs(id, record.life) : [];
      const answered = answerAsk({ event, ask, record, runs, now, settings });
      const { run } = answered;
      if (run && answered.record) {
        await transaction.saveRun(id, answered.record.life, run);
      }
      if (run ?? (answered.record && (answered.record !== record || isCommanded(ask)))) {
        const details = detailsOf(ask);
        await transaction.appendEvent({ environmentId: id, at: now, actor: event.actor, action: ask.kind, details });
      }
      record = answered.record;
      said.push(...answered.messages);
    }
    return { record, said };
  }

  async function takeIn(event: IntakeEvent, transaction: StoreTransaction): Promise<IntakeOutcome> {
    const now = clock.now();
    if (!(await transaction.claimDelivery(event.deliveryId, now))) {
      return 'duplicate';
    }
    const id = environmentId(event.pullRequest);
    const before = await transaction.environment(id);
    const { record, said } = await answerAll(event, { before, now }, transaction);
    if (record && record !== before) {
      await transaction.saveEnvironment(record);
    }
    if (record && event.asks.length > 0) {
      await transaction.enqueue(id);
    }
    const job = replyTo(event, said);
    if (job) {
      await transaction.enqueueReply(job);
    }
    return 'taken';
  }

  async function hearOfRun(runId: number, transaction: StoreTransaction): Promise<void> {
    for (const id of await transaction.hearOfRun(runId, clock.now())) {
      await transaction.enqueue(id);
    }
  }

  return {
    hearOfRun: async (runId) => await store.transaction(async (transaction) => await hearOfRun(runId, transaction)),
    receive: async (event) => await store.transaction(async (transaction) => await takeIn(event, transaction)),
  };
}

function replyTo(
  { comment, installationId, pullRequest }: IntakeEvent,
  said: readonly ReplyMessage[],
): ReplyJob | undefined {
  if (!comment) {
    return undefined;
  }
  const refused = said.some(isRefusal);
  return {
    pullRequest,
    installationId,
    commentId: comment.id,
    reaction: comment.understood && !refused ? 'rocket' : 'confused',
    messages: [...comment.messages, ...said],
  };
}

/** Noted although nothing changes by it: from now on, an environment that the label asked for first may do without. */
function isCommanded(ask: Ask): boolean {
  return ask.kind === 'want' && ask.commanded === true;
}

function detailsOf(ask: Ask): AuditEvent['details'] {
  switch (ask.kind) {
    case 'want':
      return { headSha: ask.snapshot.headSha, ...(ask.commanded && { commanded: true }) };
    case 'follow':
      return { headSha: ask.snapshot.headSha };
    case 'release':
      return { reason: ask.reason };
    case 'extend':
      return { bySeconds: ask.bySeconds };
    case 'test':
      return { suite: ask.suite, sha: ask.sha };
    case 'redeploy':
    case 'look':
      return {};
  }
}
