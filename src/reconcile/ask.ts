import { type Approval, approvalProblem } from '../domain/approval.ts';
import { type EnvironmentPrefixes, identityOf } from '../domain/naming.ts';
import { extendExpiry } from '../domain/ttl.ts';
import { askForTest } from './ask-for-test.ts';
import { changeIntent } from './change-intent.ts';
import { followed } from './follow.ts';
import type { ReplyMessage } from './reply.ts';
import type { EnvironmentRecord } from './store.ts';
import type { Ask, Asker, PullRequestSnapshot } from './what-is-asked.ts';
import type { WorkflowRunRecord } from './workflow-run.ts';

export interface IntakeSettings {
  readonly label: string;
  /** How long an environment lives from when it gets its slot, unless its blueprint says otherwise. */
  readonly ttlSeconds: number;
  /** The furthest that extends may move the expiry, from when it got its slot; and how long one may wait for a slot. */
  readonly maxTtlSeconds: number;
  readonly environmentPrefixes: EnvironmentPrefixes;
  /** The suites that an environment's blueprint names; none before it was read. */
  suitesOf(record: EnvironmentRecord): readonly string[];
  /** Whether its blueprint wants one; true before it was read. */
  hasDatabase(record: EnvironmentRecord): boolean;
}

export interface Asked {
  readonly asker: Asker;
  readonly ask: Ask;
  readonly record: EnvironmentRecord | undefined;
  /** Workflow runs of its present life. */
  readonly runs: readonly WorkflowRunRecord[];
  readonly now: Date;
  readonly settings: IntakeSettings;
}

/** What an ask makes of the record (the same object when nothing changes), and what is to be said about it. */
export interface Answered {
  readonly record: EnvironmentRecord | undefined;
  readonly messages: readonly ReplyMessage[];
  /** A run that is to be started. */
  readonly run?: WorkflowRunRecord;
  /** An approval that is to be kept. */
  readonly approval?: Approval;
}

/** Pure: what one ask makes of an environment. */
export function answerAsk(asked: Asked): Answered {
  const { ask } = asked;
  if (ask.kind === 'want') {
    return { record: want(asked, ask.snapshot), messages: [] };
  }
  if (ask.kind === 'approve') {
    return approve(asked, ask);
  }
  return answerForOne(asked, ask);
}

/** What only an environment that is there can be asked. */
function answerForOne(asked: Asked, ask: Exclude<Ask, { kind: 'want' | 'approve' }>): Answered {
  const { record, settings } = asked;
  if (!record || record.goneAt || (record.intent.state === 'absent' && ask.kind !== 'look')) {
    return { record, messages: [noEnvironment(record, settings.label)] };
  }
  switch (ask.kind) {
    case 'follow':
      return { record: changeIntent(record, followed(record, ask)), messages: [] };
    case 'release':
      return { record: changeIntent(record, { state: 'absent', releaseReason: ask.reason }), messages: [] };
    case 'extend':
      return extend(asked, record, ask.bySeconds);
    case 'redeploy':
      return { record: redeploy(record, ask.sha), messages: [] };
    case 'reset-database':
      return resetDatabase(asked, record);
    case 'test':
      return test(asked, record, ask);
    case 'look':
      return { record, messages: [] };
  }
}

function noEnvironment(record: EnvironmentRecord | undefined, label: string): ReplyMessage {
  const leaving = record !== undefined && !record.goneAt;
  return { kind: 'no-environment', label, ...(leaving && { leaving }) };
}

/** Wanted again: a life that is over begins anew; one that is only on its way out turns round and keeps what it still has. */
function want(asked: Asked, snapshot: PullRequestSnapshot): EnvironmentRecord {
  const { asker, now, record, settings } = asked;
  if (!record || record.goneAt) {
    return begin(asked, snapshot);
  }
  if (record.intent.state === 'present') {
    return changeIntent(record, followed(record, { snapshot, push: { by: 'unknown' } }));
  }
  const seconds = record.admittedAt ? settings.ttlSeconds : settings.maxTtlSeconds;
  const turned = changeIntent(record, {
    ...snapshot,
    pushedByBot: null,
    state: 'present',
    releaseReason: null,
    expiresAt: new Date(now.getTime() + seconds * 1000),
    lifeSeconds: settings.ttlSeconds,
    owner: asker.actor,
  });
  // Read anew, so that the blueprint has its say in the new expiry.
  return { ...turned, warningsSent: [], resolution: null };
}

function begin({ asker, now, record: before, settings }: Asked, snapshot: PullRequestSnapshot): EnvironmentRecord {
  return {
    identity: identityOf({ pullRequest: asker.pullRequest, prefixes: settings.environmentPrefixes }),
    installationId: asker.installationId,
    intent: {
      state: 'present',
      generation: (before?.intent.generation ?? 0) + 1,
      ...snapshot,
      pushedByBot: null,
      expiresAt: new Date(now.getTime() + settings.maxTtlSeconds * 1000),
      lifeSeconds: settings.ttlSeconds,
      redeploys: 0,
      databaseResets: 0,
      owner: asker.actor,
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

/** A commit that is wanted no longer is not deployed again: whatever replaced it is deployed anyway. */
function redeploy(record: EnvironmentRecord, sha: string): EnvironmentRecord {
  const { headSha, redeploys } = record.intent;
  return sha === headSha ? changeIntent(record, { redeploys: redeploys + 1 }) : record;
}

const RESETTING = [
  '🔄 A fresh clone of the source in service takes the place of the database.',
  'Services move to it once it is migrated; the clone before goes then, with everything that was changed in it.',
];

/** Of one that has none nothing is asked. Another reset while one is under way is another fresh clone. */
function resetDatabase({ settings }: Asked, record: EnvironmentRecord): Answered {
  const problem = settings.hasDatabase(record)
    ? record.admittedAt === null && 'there is no database yet: it waits for its slot'
    : 'its blueprint wants no database';
  if (problem) {
    return { record, messages: [{ kind: 'problem', line: '/ephemeral db reset', problem, example: null }] };
  }
  return {
    record: changeIntent(record, { databaseResets: record.intent.databaseResets + 1 }),
    messages: [{ kind: 'status', text: RESETTING }],
  };
}

/**
 * An approval needs no environment, and makes none: who labels decides that there is one. It is kept for the commit that
 * was named, which is the head now, whatever becomes the head next.
 */
function approve(
  { asker, now, record, settings }: Asked,
  { sha: word, snapshot }: Extract<Ask, { kind: 'approve' }>,
): Answered {
  // A head that was not heard of yet may turn out to be a bot's; so may that of a pull request of which nothing was heard.
  const pushedByBot = record?.intent.headSha === snapshot.headSha ? record.intent.pushedByBot : 'unknown';
  const head = snapshot.headSha;
  const problem = approvalProblem(word, { ...snapshot, pushedByBot });
  if (problem) {
    return { record, messages: [{ kind: 'approval-refused', problem, word, head }] };
  }
  const wanted = record !== undefined && record.intent.state === 'present' && !record.goneAt;
  return {
    record,
    messages: [{ kind: 'approved', sha: head, wanted, label: settings.label }],
    approval: { sha: head, baseRef: snapshot.baseRef, by: asker.actor, at: now },
  };
}

function test(
  { asker, runs, now, settings }: Asked,
  record: EnvironmentRecord,
  { suite, sha }: Extract<Ask, { kind: 'test' }>,
): Answered {
  const known = settings.suitesOf(record);
  const { run, message } = askForTest({ record, runs, suite, sha, actor: asker.actor, now, known });
  return { record, messages: [message], ...(run && { run }) };
}

function extend({ now, settings }: Asked, record: EnvironmentRecord, bySeconds: number): Answered {
  const ownCapSeconds = record.resolution?.terms?.maxTtlSeconds ?? Number.POSITIVE_INFINITY;
  const capFromBlueprint = ownCapSeconds < settings.maxTtlSeconds;
  const capSeconds = Math.min(settings.maxTtlSeconds, ownCapSeconds);
  const { admittedAt, intent } = record;
  if (!admittedAt) {
    return extendLife(record, { bySeconds, capSeconds, capFromBlueprint });
  }
  const { expiresAt, capped } = extendExpiry({
    now,
    expiresAt: intent.expiresAt,
    bySeconds,
    createdAt: admittedAt,
    capSeconds,
  });
  const addedSeconds = Math.round((expiresAt.getTime() - intent.expiresAt.getTime()) / 1000);
  return {
    record: { ...changeIntent(record, { expiresAt }), warningsSent: [] },
    messages: [{ kind: 'extended', expiresAt, now, capped, capSeconds, capFromBlueprint, addedSeconds }],
  };
}

/** Its time does not run yet: it is to live for longer once it has its slot. */
function extendLife(
  record: EnvironmentRecord,
  { bySeconds, capSeconds, capFromBlueprint }: { bySeconds: number; capSeconds: number; capFromBlueprint: boolean },
): Answered {
  const wanted = record.intent.lifeSeconds + bySeconds;
  const lifeSeconds = Math.max(record.intent.lifeSeconds, Math.min(wanted, capSeconds));
  const capped = wanted > lifeSeconds;
  return {
    record: changeIntent(record, { lifeSeconds }),
    messages: [{ kind: 'life-extended', lifeSeconds, capped, capSeconds, capFromBlueprint }],
  };
}
