import { identityOf } from '../domain/naming.ts';
import { environmentId } from '../domain/environment.ts';
import type { Intent } from '../domain/intent.ts';
import { extendExpiry } from '../domain/ttl.ts';
import type { Clock } from './clock.ts';
import type { Ask, Intake, IntakeEvent, PullRequestSnapshot } from './intake.ts';
import type { ReplyMessage } from './reply.ts';
import type { EnvironmentRecord, Store, StoreTransaction } from './store.ts';

export interface IntakeSettings {
  readonly label: string;
  readonly ttlSeconds: number;
  /** The furthest that extends may move the expiry, from the beginning of the environment's life. */
  readonly maxTtlSeconds: number;
  readonly environmentPrefixes: Readonly<Record<string, string>>;
}

interface Step {
  readonly record: EnvironmentRecord | undefined;
  readonly messages: readonly ReplyMessage[];
}

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
  function begin(
    event: IntakeEvent,
    snapshot: PullRequestSnapshot,
    before: EnvironmentRecord | undefined,
  ): EnvironmentRecord {
    const now = clock.now();
    return {
      identity: identityOf({ pullRequest: event.pullRequest, prefixes: settings.environmentPrefixes }),
      installationId: event.installationId,
      intent: {
        state: 'present',
        generation: (before?.intent.generation ?? 0) + 1,
        ...snapshot,
        expiresAt: new Date(now.getTime() + settings.ttlSeconds * 1000),
        redeploys: 0,
        owner: event.actor,
        releaseReason: null,
      },
      life: (before?.life ?? 0) + 1,
      createdAt: now,
      admittedAt: null,
      readyAt: null,
      goneAt: null,
      servedSha: null,
      servedAt: null,
      observedGeneration: before?.observedGeneration ?? 0,
      resolution: null,
      conditions: [],
      warningsSent: [],
    };
  }

  /** Wanted again: a life that is over begins anew; one that is only on its way out turns round and keeps what it still has. */
  function want(
    event: IntakeEvent,
    snapshot: PullRequestSnapshot,
    record: EnvironmentRecord | undefined,
  ): EnvironmentRecord {
    if (!record || record.goneAt) {
      return begin(event, snapshot, record);
    }
    if (record.intent.state === 'present') {
      return changeIntent(record, snapshot);
    }
    const expiresAt = new Date(clock.now().getTime() + settings.ttlSeconds * 1000);
    return {
      ...changeIntent(record, { ...snapshot, state: 'present', releaseReason: null, expiresAt, owner: event.actor }),
      warningsSent: [],
    };
  }

  function extend(record: EnvironmentRecord, bySeconds: number): Step {
    const now = clock.now();
    const { expiresAt, capped } = extendExpiry({
      now,
      expiresAt: record.intent.expiresAt,
      bySeconds,
      createdAt: record.createdAt,
      capSeconds: settings.maxTtlSeconds,
    });
    const extended = { ...changeIntent(record, { expiresAt }), warningsSent: [] };
    return {
      record: extended,
      messages: [{ kind: 'extended', expiresAt, now, capped, capSeconds: settings.maxTtlSeconds }],
    };
  }

  function take(event: IntakeEvent, ask: Ask, record: EnvironmentRecord | undefined): Step {
    if (ask.kind === 'want') {
      return { record: want(event, ask.snapshot, record), messages: [] };
    }
    if (!record || record.goneAt || (record.intent.state === 'absent' && ask.kind !== 'look')) {
      return { record, messages: [{ kind: 'no-environment', label: settings.label }] };
    }
    switch (ask.kind) {
      case 'follow':
        return { record: changeIntent(record, ask.snapshot), messages: [] };
      case 'release':
        return { record: changeIntent(record, { state: 'absent', releaseReason: ask.reason }), messages: [] };
      case 'extend':
        return extend(record, ask.bySeconds);
      case 'redeploy':
        return { record: changeIntent(record, { redeploys: record.intent.redeploys + 1 }), messages: [] };
      case 'look':
        return { record, messages: [] };
    }
  }

  async function answer(
    event: IntakeEvent,
    said: readonly ReplyMessage[],
    transaction: StoreTransaction,
  ): Promise<void> {
    if (!event.comment) {
      return;
    }
    const { id, messages, understood } = event.comment;
    const refused = said.some(({ kind }) => kind === 'no-environment');
    await transaction.enqueueReply({
      pullRequest: event.pullRequest,
      installationId: event.installationId,
      commentId: id,
      reaction: understood && !refused ? 'rocket' : 'confused',
      messages: [...messages, ...said],
    });
  }

  return {
    receive: async (event) =>
      await store.transaction(async (transaction) => {
        if (!(await transaction.claimDelivery(event.deliveryId, clock.now()))) {
          return 'duplicate';
        }
        const id = environmentId(event.pullRequest);
        const before = await transaction.environment(id);
        let record = before;
        const said: ReplyMessage[] = [];
        for (const ask of event.asks) {
          const step = take(event, ask, record);
          record = step.record;
          said.push(...step.messages);
          if (record && ask.kind !== 'look') {
            await transaction.appendEvent({
              environmentId: id,
              at: clock.now(),
              actor: event.actor,
              action: ask.kind,
              details: detailsOf(ask),
            });
          }
        }
        if (record && record !== before) {
          await transaction.saveEnvironment(record);
        }
        if (record && event.asks.length > 0) {
          await transaction.enqueue(id);
        }
        await answer(event, said, transaction);
        return 'taken';
      }),
  };
}

/** The record with its intent changed and one generation further; the record itself when nothing changed. */
function changeIntent(record: EnvironmentRecord, change: Partial<Intent>): EnvironmentRecord {
  const changed = { ...record.intent, ...change };
  if (JSON.stringify(changed) === JSON.stringify(record.intent)) {
    return record;
  }
  return { ...record, intent: { ...changed, generation: record.intent.generation + 1 } };
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
