import { runProgram } from '../../src/cli/program.ts';
import type { SourceDesk } from '../../src/cli/source-desk.ts';
import { type SignedPassport, signPassport } from '../../src/domain/passport.ts';
import type { SourceVersion } from '../../src/domain/source.ts';
import type { SourceStore } from '../../src/reconcile/source/source-store.ts';
import { createMemorySources } from './memory-sources.ts';
import { goodPassport, passportKeys } from './passports.ts';

export const SOURCE_NOW = new Date('2026-11-26T03:00:00Z');
export const sourceKeys = passportKeys();
const POLICY = { publicKey: sourceKeys.publicKey, keepDays: 7 };

/** One that is on its way, unless `changes` say otherwise. */
export function sourceVersion(id: string, changes: Partial<SourceVersion> = {}): SourceVersion {
  return {
    id,
    snapshot: {
      arn: `arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:${id}`,
      cluster: 'production',
      takenAt: new Date('2026-11-20T02:00:00Z'),
      engine: 'aurora-mysql',
      engineVersion: '8.0',
    },
    askedBy: 'jane',
    begunAt: new Date('2026-11-20T03:00:00Z'),
    resourceId: null,
    clusterAt: null,
    instanceAt: null,
    passwordAt: null,
    run: null,
    passport: null,
    provenAt: null,
    servedAt: null,
    replacedAt: null,
    failure: null,
    retiredAt: null,
    goneAt: null,
    message: '',
    revision: 1,
    ...changes,
  };
}

/** A good passport of it, with the key of the platform. */
export const passportOf = (id: string): SignedPassport => signPassport(goodPassport(id), sourceKeys.privateKey);

/** What a command about sources meets; what is left out is as it is on a day on which nothing happens. */
export interface SourceWorld {
  readonly store?: SourceStore;
  readonly desk?: Partial<SourceDesk>;
  /** Called at each pause, with how many there were. */
  readonly meanwhile?: (pauses: number) => Promise<void> | void;
  readonly signal?: AbortSignal;
  readonly userName?: () => string | undefined;
}

/** Runs `mayfly source …`, and tells what it said and did. */
export async function runSource(args: readonly string[], world: SourceWorld = {}) {
  const store = world.store ?? createMemorySources();
  let [out, pauses, closed] = ['', 0, 0];
  const told: string[] = [];
  const code = await runProgram({
    args: ['source', ...args],
    variables: {},
    out: (text) => {
      out += text;
    },
    tell: (line) => told.push(line),
    now: () => new Date(SOURCE_NOW.getTime() + pauses * 5000),
    signal: world.signal ?? new AbortController().signal,
    async pause() {
      pauses += 1;
      await world.meanwhile?.(pauses);
    },
    userName: world.userName ?? (() => 'jane'),
    openAnonymiser: async () => await Promise.reject(new Error('nothing here is masked')),
    openSourceDesk: async () =>
      await Promise.resolve({
        ...store,
        policy: POLICY,
        isShared: true,
        close: async () => {
          closed += 1;
          await Promise.resolve();
        },
        ...world.desk,
      }),
  });
  return { code, out, told, store, pauses, closed };
}
