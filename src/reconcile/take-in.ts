import { environmentId } from '../domain/environment.ts';
import { answerAsk, type IntakeSettings } from './ask.ts';
import type { Clock } from './clock.ts';
import type { Ask, Intake, IntakeEvent, IntakeOutcome } from './intake.ts';
import type { ReplyJob, ReplyMessage } from './reply.ts';
import type { Store, StoreTransaction } from './store.ts';

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
  async function takeIn(event: IntakeEvent, transaction: StoreTransaction): Promise<IntakeOutcome> {
    const now = clock.now();
    if (!(await transaction.claimDelivery(event.deliveryId, now))) {
      return 'duplicate';
    }
    const id = environmentId(event.pullRequest);
    const before = await transaction.environment(id);
    let record = before;
    const said: ReplyMessage[] = [];
    for (const ask of event.asks) {
      const answered = answerAsk({ event, ask, record, now, settings });
      if (answered.record && answered.record !== record) {
        await transaction.appendEvent({
          environmentId: id,
          at: now,
          actor: event.actor,
          action: ask.kind,
          details: detailsOf(ask),
        });
      }
      record = answered.record;
      said.push(...answered.messages);
    }
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

  return {
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
  const refused = said.some(({ kind }) => kind === 'no-environment');
  return {
    pullRequest,
    installationId,
    commentId: comment.id,
    reaction: comment.understood && !refused ? 'rocket' : 'confused',
    messages: [...comment.messages, ...said],
  };
}

function detailsOf(ask: Ask): Record<string, string | number> {
  switch (ask.kind) {
    case 'want':
    case 'follow':
      return { headSha: ask.snapshot.headSha };
    case 'release':
      return { reason: ask.reason };
    case 'extend':
      return { bySeconds: ask.bySeconds };
    case 'redeploy':
    case 'look':
      return {};
  }
}
