import { isUnderWay, type SourceVersion } from '../../src/domain/source.ts';
import type { AskedForSource, SourceRequest, SourceStore } from '../../src/reconcile/source/source-store.ts';

/** Sources of one process. `clones`: ids of environments by the source that their database is a clone of. */
export function createMemorySources(clones: ReadonlyMap<string, readonly string[]> = new Map()): SourceStore {
  const versions = new Map<string, SourceVersion>();
  const requests = new Map<number, SourceRequest>();
  let scheduledThrough: Date | undefined;
  let lookedAt: Date | undefined;

  function ask(asked: AskedForSource): SourceRequest {
    const request = { askedAt: new Date(), ...asked, id: requests.size + 1, settledAt: null, outcome: '' };
    requests.set(request.id, request);
    return request;
  }

  function settle(id: number, outcome: string, at: Date): void {
    const request = requests.get(id);
    if (request && !request.settledAt) {
      requests.set(id, { ...request, outcome, settledAt: at });
    }
  }

  function write(version: SourceVersion): boolean {
    if (versions.get(version.id)?.revision !== version.revision) {
      return false;
    }
    versions.set(version.id, structuredClone({ ...version, revision: version.revision + 1 }));
    return true;
  }

  const inService = () => [...versions.values()].find(({ servedAt, replacedAt }) => servedAt && !replacedAt);
  const newestFirst = () =>
    [...versions.values()].toReversed().toSorted((a, b) => b.begunAt.getTime() - a.begunAt.getTime());
  const after = async <T>(value: T): Promise<T> => await Promise.resolve(structuredClone(value));

  return {
    ask: async (asked) => await after(ask(asked)),
    requests: async () => await after([...requests.values()].toReversed().slice(0, 50)),
    versions: async () => await after(newestFirst()),
    inService: async () => await after(inService()),
    version: async (id) => await after(versions.get(id)),
    openRequests: async () => await after([...requests.values()].filter(({ settledAt }) => !settledAt)),
    async noteRequest(id, outcome) {
      const request = requests.get(id);
      if (request && !request.settledAt) {
        requests.set(id, { ...request, outcome });
      }
      await Promise.resolve();
    },
    async settleRequest(id, { outcome, at }) {
      settle(id, outcome, at);
      await Promise.resolve();
    },
    async askBySchedule(due, now) {
      if (scheduledThrough && due > scheduledThrough) {
        ask({ kind: 'refresh', askedBy: 'schedule', askedAt: now });
      }
      scheduledThrough = scheduledThrough && scheduledThrough > due ? scheduledThrough : due;
      await Promise.resolve();
    },
    async begin(version) {
      const isFree = !versions.has(version.id) && ![...versions.values()].some(isUnderWay);
      if (isFree) {
        versions.set(version.id, structuredClone(version));
      }
      return await after(isFree);
    },
    save: async (version) => await after(write(version)),
    async promote(version, { at, settles }) {
      const before = inService();
      const isMoved = write({ ...version, servedAt: at, replacedAt: null, message: '' });
      if (isMoved && before && before.id !== version.id) {
        write({ ...before, replacedAt: at });
      }
      if (isMoved && settles) {
        settle(settles.id, settles.outcome, at);
      }
      return await after(isMoved);
    },
    clonesOf: async (id) => await after([...(clones.get(id) ?? [])]),
    async claimLook(now, everySeconds) {
      const since = lookedAt === undefined ? Infinity : (now.getTime() - lookedAt.getTime()) / 1000;
      const isDue = since >= everySeconds || since < 0;
      lookedAt = isDue ? now : lookedAt;
      return await Promise.resolve(isDue);
    },
  };
}
