import { environmentId } from '../domain/environment.ts';
import { answerAsk, type IntakeSettings } from './ask.ts';
import type { ReplyMessage } from './reply.ts';
import type { AuditEvent, EnvironmentRecord, StoreTransaction } from './store.ts';
import type { Ask, Asker } from './what-is-asked.ts';

export interface AskContext {
  readonly asker: Asker;
  readonly before: EnvironmentRecord | undefined;
  /** When it was asked, by the forge's clock; by Mayfly's where the forge does not tell. */
  readonly saidAt: Date;
  readonly now: Date;
  readonly settings: IntakeSettings;
}

/**
 * Writes what asks make of an environment, whose row the caller has locked and passes as `before`: the record, its runs,
 * its history, and that it be looked at. Each ask changes what the one before it left. Answers what is to be said.
 */
export async function applyAsks(
  asks: readonly Ask[],
  context: AskContext,
  transaction: StoreTransaction,
): Promise<readonly ReplyMessage[]> {
  const { record, said } = await answerAll(asks, context, transaction);
  const { asker, before } = context;
  const id = environmentId(asker.pullRequest);
  if (record && record !== before) {
    await transaction.saveEnvironment(record);
  }
  if (record && asks.length > 0) {
    await transaction.enqueue(id);
  }
  return said;
}

async function answerAll(
  asks: readonly Ask[],
  { asker, before, saidAt, now, settings }: AskContext,
  transaction: StoreTransaction,
): Promise<{ record: EnvironmentRecord | undefined; said: readonly ReplyMessage[] }> {
  const id = environmentId(asker.pullRequest);
  const said: ReplyMessage[] = [];
  let record = before;
  for (const ask of asks) {
    const runs = ask.kind === 'test' && record ? await transaction.runs(id, record.life) : [];
    const answered = answerAsk({ asker, ask, record, runs, now, settings });
    const { run, approval } = answered;
    if (approval) {
      await transaction.saveApproval(id, approval);
    }
    if (run && answered.record) {
      await transaction.saveRun(id, answered.record.life, run);
    }
    if (run ?? approval ?? (answered.record && (answered.record !== record || isCommanded(ask)))) {
      const details = detailsOf(ask, saidAt);
      await transaction.appendEvent({ environmentId: id, at: now, actor: asker.actor, action: ask.kind, details });
    }
    record = answered.record;
    said.push(...answered.messages);
  }
  return { record, said };
}

/** Noted although nothing changes by it: from now on, an environment that the label asked for first may do without. */
function isCommanded(ask: Ask): boolean {
  return ask.kind === 'want' && ask.commanded === true;
}

/** `saidAt`, with what the order of events on the forge matters for. */
function detailsOf(ask: Ask, saidAt: Date): AuditEvent['details'] {
  switch (ask.kind) {
    case 'want':
      return {
        headSha: ask.snapshot.headSha,
        ...(ask.commanded && { commanded: true, saidAt: saidAt.toISOString() }),
      };
    case 'follow':
      return { headSha: ask.snapshot.headSha };
    case 'release':
      return { reason: ask.reason, saidAt: saidAt.toISOString() };
    case 'extend':
      return { bySeconds: ask.bySeconds };
    case 'approve':
      return { sha: ask.snapshot.headSha, baseRef: ask.snapshot.baseRef };
    case 'test':
      return { suite: ask.suite, sha: ask.sha };
    case 'redeploy':
    case 'reset-database':
    case 'look':
      return {};
  }
}
