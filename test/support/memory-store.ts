import type { Approval } from '../../src/domain/approval.ts';
import type { RateWindow } from '../../src/domain/rate-limit.ts';
import type { LetterOutcome } from '../../src/reconcile/inbox/delivery.ts';
import type { ReplyJob } from '../../src/reconcile/reply.ts';
import type { Publication, PublicationKind } from '../../src/reconcile/reporter.ts';
import type {
  AuditEvent,
  EnvironmentRecord,
  ResourceRecord,
  SlotClaim,
  Store,
  StoreTransaction,
} from '../../src/reconcile/store.ts';
import type { WorkflowRunRecord } from '../../src/reconcile/workflow-run.ts';
import { createMemoryInbox } from './memory-inbox.ts';

/** A store that forgets: for tests of what uses a store. Transactions run one after the other and roll back when they throw. */
export interface MemoryStore extends Store {
  /** Ids enqueued since the last call. */
  takeEnqueued(): string[];
  readonly replies: ReplyJob[];
  /** Environments whose inboxes were enqueued since the last call. */
  takeTakeIns(): string[];
  /** What became of each letter of an environment, in the order in which they came; null while one waits. */
  outcomes(id: string): (LetterOutcome | null)[];
}

export function createMemoryStore(): MemoryStore {
  let environments = new Map<string, EnvironmentRecord>();
  let claims = new Map<string, SlotClaim>();
  let inbox = createMemoryInbox();
  let enqueued = new Set<string>();
  let takeIns = new Set<string>();
  let runs = new Map<string, ReadonlyMap<string, WorkflowRunRecord>>();
  let approvals = new Map<string, readonly Approval[]>();
  let rates = new Map<string, RateWindow>();
  const resources = new Map<string, Map<string, ResourceRecord>>();
  const publications = new Map<string, Map<PublicationKind, Publication>>();
  const events: AuditEvent[] = [];
  const replies: ReplyJob[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const live = () =>
    [...environments.values()]
      .filter(({ goneAt }) => !goneAt)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

  function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
    const held = map.get(key) ?? make();
    map.set(key, held);
    return held;
  }

  const rows = (id: string, life: number) =>
    within(resources, `${id} ${life}`, () => new Map<string, ResourceRecord>());

  const runsOf = async (id: string, life: number) => [...(runs.get(`${id} ${life}`)?.values() ?? [])];

  async function saveRun(id: string, life: number, run: WorkflowRunRecord): Promise<void> {
    const owner = `${id} ${life}`;
    const { askedAt, heardAt } = runs.get(owner)?.get(run.key) ?? run;
    runs.set(owner, new Map(runs.get(owner)).set(run.key, structuredClone({ ...run, askedAt, heardAt })));
  }

  async function hearOfRun(linkId: number, at: Date): Promise<string[]> {
    const heard: string[] = [];
    for (const [owner, rows] of runs) {
      for (const [key, run] of rows) {
        if (run.link?.id === linkId) {
          runs.set(owner, new Map(runs.get(owner)).set(key, { ...run, heardAt: at }));
          heard.push(owner.replace(/ \d+$/, ''));
        }
      }
    }
    return [...new Set(heard)];
  }

  async function saveApproval(id: string, approval: Approval): Promise<void> {
    const given = approvals.get(id) ?? [];
    const again = given.some(({ sha, baseRef }) => sha === approval.sha && baseRef === approval.baseRef);
    approvals.set(id, again ? given : [...given, structuredClone(approval)]);
  }

  const transaction: StoreTransaction = {
    receive: async (delivery, known) => inbox.receive(delivery, known),
    heardSince: async (letter) => inbox.heardSince(letter),
    settleLetter: async (position, { outcome }) => inbox.change(position, { outcome }),
    enqueueTakeIn: async (id) => void takeIns.add(id),
    environment: async (id) => environments.get(id),
    saveEnvironment: async (record) => void environments.set(record.identity.id, structuredClone(record)),
    liveEnvironments: async () => live(),
    claims: async () =>
      live().flatMap(({ identity, life }) => {
        const claim = claims.get(identity.id);
        return claim?.life === life ? [claim] : [];
      }),
    saveClaim: async (claim) => void claims.set(claim.environmentId, structuredClone(claim)),
    withdrawClaim: async (id) => void claims.delete(id),
    enqueue: async (id) => void enqueued.add(id),
    enqueueReply: async (job) => void replies.push(job),
    appendEvent: async (event) => void events.push(event),
    approvals: async (id) => approvals.get(id) ?? [],
    saveApproval,
    rateWindow: async (subject) => rates.get(subject),
    saveRateWindow: async (subject, window) => void rates.set(subject, window),
    runs: runsOf,
    saveRun,
    hearOfRun,
  };

  async function run<T>(work: (open: StoreTransaction) => Promise<T>): Promise<T> {
    const before = {
      environments: new Map(environments),
      claims: new Map(claims),
      inbox: inbox.copy(),
      enqueued: new Set(enqueued),
      takeIns: new Set(takeIns),
      runs: new Map(runs),
      approvals: new Map(approvals),
      rates: new Map(rates),
    };
    const [eventsBefore, repliesBefore] = [events.length, replies.length];
    try {
      return await work(transaction);
    } catch (error) {
      ({ environments, claims, inbox, enqueued, takeIns, runs, approvals, rates } = before);
      events.length = eventsBefore;
      replies.length = repliesBefore;
      throw error;
    }
  }

  return {
    replies,
    takeEnqueued() {
      const ids = [...enqueued];
      enqueued.clear();
      return ids;
    },
    takeTakeIns() {
      const ids = [...takeIns];
      takeIns.clear();
      return ids;
    },
    outcomes: (id) => inbox.outcomes(id),
    nextLetter: async (id) => inbox.next(id),
    postponeLetter: async (position, until) => void inbox.change(position, until),
    async transaction(work) {
      const mine = last.then(async () => await run(work));
      last = mine.catch(() => undefined);
      return await mine;
    },
    environment: async (id) => environments.get(id),
    liveEnvironments: async () => live(),
    lastUsed: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const last = events.findLast(
            ({ environmentId, actor, action }) => environmentId === id && (actor !== 'mayfly' || action === 'serving'),
          );
          return last ? [[id, last.at] as const] : [];
        }),
      ),
    async claim(id, life) {
      const claim = claims.get(id);
      return claim?.life === life ? claim : undefined;
    },
    intent: async (id) => environments.get(id)?.intent,
    resources: async (id, life) => [...rows(id, life).values()],
    async saveResource(id, life, resource) {
      const askedAt = rows(id, life).get(resource.key)?.askedAt ?? resource.askedAt;
      rows(id, life).set(resource.key, structuredClone({ ...resource, askedAt }));
    },
    runs: runsOf,
    saveRun,
    async saveOutcome(id, life, outcome) {
      const record = environments.get(id);
      if (record?.life === life) {
        environments.set(id, { ...record, ...structuredClone(outcome) });
      }
    },
    publications(id) {
      const memory = within(publications, id, () => new Map<PublicationKind, Publication>());
      return {
        get: async (kind) => memory.get(kind),
        put: async (kind, publication) => void memory.set(kind, publication),
      };
    },
    appendEvent: async (event) => void events.push(event),
    approvals: async (id) => approvals.get(id) ?? [],
    events: async (id) => events.filter(({ environmentId }) => environmentId === id),
  };
}
