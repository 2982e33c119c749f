import type { Transaction } from 'kysely';
import type { Store, StoreTransaction } from '../reconcile/store.ts';
import { findApprovals, putApproval } from './approvals.ts';
import { findClaim, findClaims, putClaim, removeClaim } from './claims.ts';
import { enqueueEnvironment, enqueueReply, enqueueTakeIn } from './enqueue.ts';
import {
  findEnvironment,
  findIntent,
  findLiveEnvironments,
  lockEnvironment,
  putEnvironment,
  putOutcome,
} from './environments.ts';
import { appendEvent, findEvents, findLastUsed } from './events.ts';
import { findHeardSince, findNextLetter, postpone, receiveDelivery, settle } from './inbox.ts';
import { lockAdmission } from './locks.ts';
import type { Database } from './open.ts';
import { createPublicationMemory } from './publications.ts';
import { lockRateWindow, putRateWindow } from './rate-windows.ts';
import { findResources, putResource } from './resources.ts';
import type { Tables } from './schema.ts';
import { findRuns, noteHeard, putRun } from './workflow-runs.ts';

/** Postgres ended a transaction so that others could go on; the same transaction run again succeeds. */
const CONFLICTS: ReadonlySet<unknown> = new Set(['40P01', '40001']);
const ATTEMPTS = 5;

/** The store on an open database. */
export function createStore({ database }: { database: Database }): Store {
  const { kysely, transactions } = database;

  async function attempt<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    return await kysely
      .transaction()
      .execute(async (trx) => await transactions.run(async () => await work(openTransaction(database, trx))));
  }

  async function transaction<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    transactions.assertOutside('a transaction');
    for (let left = ATTEMPTS - 1; ; left -= 1) {
      try {
        return await attempt(work);
      } catch (error) {
        if (left === 0 || !isConflict(error)) {
          throw error;
        }
      }
    }
  }

  /** A statement of its own, which never runs beside an open transaction of its caller. */
  async function alone<T>(what: string, statement: () => Promise<T>): Promise<T> {
    transactions.assertOutside(what);
    return await statement();
  }

  return {
    transaction,
    environment: async (id) => await alone('reading an environment', async () => await findEnvironment(kysely, id)),
    liveEnvironments: async () => await alone('reading environments', async () => await findLiveEnvironments(kysely)),
    lastUsed: async (ids) => await alone('reading last uses', async () => await findLastUsed(kysely, ids)),
    claim: async (id, life) => await alone('reading a claim', async () => await findClaim(kysely, id, life)),
    nextLetter: async (id) => await alone('reading an inbox', async () => await findNextLetter(kysely, id)),
    postponeLetter: async (position, until) =>
      await alone('postponing a letter', async () => await postpone(kysely, position, until)),
    intent: async (id) => await alone('reading an intent', async () => await findIntent(kysely, id)),
    resources: async (id, life) => await alone('reading resources', async () => await findResources(kysely, id, life)),
    saveResource: async (id, life, resource) =>
      await alone('saving a resource', async () => await putResource(kysely, { id, life }, resource)),
    runs: async (id, life) => await alone('reading workflow runs', async () => await findRuns(kysely, id, life)),
    saveRun: async (id, life, run) =>
      await alone('saving a workflow run', async () => await putRun(kysely, { id, life }, run)),
    saveOutcome: async (id, life, outcome) =>
      await alone('saving an outcome', async () => await putOutcome(kysely, { id, life }, outcome)),
    publications: (environmentId) => createPublicationMemory({ kysely, transactions, environmentId }),
    appendEvent: async (event) => await alone('appending an event', async () => await appendEvent(kysely, event)),
    approvals: async (id) => await alone('reading approvals', async () => await findApprovals(kysely, id)),
    events: async (id) => await alone('reading events', async () => await findEvents(kysely, id)),
  };
}

function openTransaction(database: Database, trx: Transaction<Tables>): StoreTransaction {
  return {
    receive: async (delivery, known) => await receiveDelivery(trx, delivery, known),
    heardSince: async (letter) => await findHeardSince(trx, letter),
    settleLetter: async (position, end) => await settle(trx, position, end),
    enqueueTakeIn: async (id) => await enqueueTakeIn(database, id, trx),
    environment: async (id) => await lockEnvironment(trx, id),
    saveEnvironment: async (record) => await putEnvironment(trx, record),
    async liveEnvironments() {
      await lockAdmission(trx);
      return await findLiveEnvironments(trx);
    },
    async claims() {
      await lockAdmission(trx);
      return await findClaims(trx);
    },
    saveClaim: async (claim) => await putClaim(trx, claim),
    withdrawClaim: async (id) => await removeClaim(trx, id),
    enqueue: async (id) => await enqueueEnvironment(database, id, trx),
    enqueueReply: async (job) => await enqueueReply(database, job, trx),
    appendEvent: async (event) => await appendEvent(trx, event),
    approvals: async (id) => await findApprovals(trx, id),
    saveApproval: async (id, approval) => await putApproval(trx, id, approval),
    rateWindow: async (subject) => await lockRateWindow(trx, subject),
    saveRateWindow: async (subject, window) => await putRateWindow(trx, subject, window),
    runs: async (id, life) => await findRuns(trx, id, life),
    saveRun: async (id, life, run) => await putRun(trx, { id, life }, run),
    hearOfRun: async (linkId, at) => await noteHeard(trx, linkId, at),
  };
}

function isConflict(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && CONFLICTS.has(error.code);
}
