import { TransientError } from '../../src/domain/failure.ts';
import type { Passport, SignedPassport } from '../../src/domain/passport.ts';
import { signPassport } from '../../src/domain/passport.ts';
import type { SourceSnapshot } from '../../src/domain/source.ts';
import { type SignedShape, type SourceShape, signShape } from '../../src/domain/source-shape.ts';
import type { SchemaMemory } from '../../src/reconcile/database/schema-memory.ts';
import type {
  AnonymiseTask,
  MaskOrder,
  PassportReader,
  ShapeReader,
  Snapshots,
  SourceClusters,
  SourcePorts,
  SourceSettings,
} from '../../src/reconcile/source/ports.ts';
import { refreshSource, type SourcePassResult } from '../../src/reconcile/source/refresh-source.ts';
import type { SourceStore } from '../../src/reconcile/source/source-store.ts';
import type { SourceEvent } from '../../src/reconcile/source/stepping.ts';
import { createMemorySchemas } from './memory-schemas.ts';
import { createMemorySources } from './memory-sources.ts';
import { goodPassport, passportKeys } from './passports.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const MINUTES = 60_000;

interface FakeCluster {
  readonly resourceId: string;
  readonly madeAt: number;
  readonly of: string;
  instanceAt: number | null;
  password: 'of production' | 'its own';
  isStopped: boolean;
  /** How often it was masked. */
  masked: number;
}

interface FakeTask {
  readonly arn: string;
  readonly order: MaskOrder;
  readonly startedAt: number;
  stopped: boolean;
}

/** How a task ends; by itself after an hour, well and with a passport. */
export interface TaskEnd {
  readonly exitCode: number | null;
  readonly passport: SignedPassport | undefined;
}

export interface SourceWorld {
  readonly store: SourceStore;
  readonly ports: SourcePorts;
  readonly settings: SourceSettings;
  readonly events: SourceEvent[];
  readonly clusters: Map<string, FakeCluster>;
  readonly tasks: Map<string, FakeTask>;
  /** What RDS shows. */
  snapshots: SourceSnapshot[];
  endOfTask: (order: MaskOrder) => TaskEnd;
  /** What a task that ended well says of the source; undefined where its image says nothing. */
  shapeOf: (id: string) => SignedShape | undefined;
  readonly memory: SchemaMemory;
  sign(passport: Passport): SignedPassport;
  signShape(shape: SourceShape): SignedShape;
  now(): Date;
  pass(seconds: number): void;
  /** One look. Runs out of what `dieAt` gives. */
  look(settings?: Partial<SourceSettings>): Promise<SourcePassResult>;
  /** Looks, a minute apart unless told, until nothing is on its way. */
  settle(settings?: Partial<SourceSettings>, pace?: number): Promise<void>;
  /** The process dies at the call with this number, counted from here: before it, or once it had its effect. */
  dieAt(call: number, when: 'before' | 'after'): void;
  readonly calls: () => number;
}

export class Death extends Error {}

export function snapshot(day: string): SourceSnapshot {
  return {
    arn: `arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:${day}`,
    cluster: 'production',
    takenAt: new Date(`${day}T02:00:00Z`),
    engine: 'aurora-mysql',
    engineVersion: '8.0.mysql_aurora.3.08.0',
  };
}

/** RDS, ECS and a log as far as a refresh sees them, and a store; every call of a port may be the last of its process. */
export function createSourceWorld(store: SourceStore = createMemorySources()): SourceWorld {
  const keys = passportKeys();
  const clusters = new Map<string, FakeCluster>();
  const tasks = new Map<string, FakeTask>();
  const events: SourceEvent[] = [];
  let now = NOON;
  let made = 0;
  let calls = 0;
  let death: { at: number; when: 'before' | 'after' } | undefined;

  const world: SourceWorld = {
    store,
    ports: undefined as never,
    settings: {
      platform: 'nonprod',
      publicKey: keys.publicKey,
      schedule: null,
      keepDays: 7,
      failedSeconds: 86_400,
      maskSeconds: 6 * 3600,
    },
    events,
    clusters,
    tasks,
    snapshots: [snapshot('2026-11-20')],
    endOfTask: ({ id }) => ({ exitCode: 0, passport: world.sign(goodPassport(id)) }),
    shapeOf: () => undefined,
    memory: createMemorySchemas(),
    sign: (passport) => signPassport(passport, keys.privateKey),
    signShape: (shape) => signShape(shape, keys.privateKey),
    now: () => new Date(now),
    pass(seconds) {
      now += seconds * 1000;
    },
    async look(settings = {}) {
      return await refreshSource({
        ports: world.ports,
        settings: { ...world.settings, ...settings },
        signal: new AbortController().signal,
        tell: (event) => events.push(event),
      });
    },
    async settle(settings, pace = 60) {
      for (let looks = 0; looks < 3000; looks += 1) {
        const { requeueAfterSeconds } = await world.look(settings);
        if (requeueAfterSeconds === null) {
          return;
        }
        world.pass(pace);
      }
      throw new Error('it does not come to rest');
    },
    dieAt(call, when) {
      calls = 0;
      death = { at: call, when };
    },
    calls: () => calls,
  };

  const snapshots: Snapshots = { available: async () => await Promise.resolve(world.snapshots) };

  const fakeClusters: SourceClusters = {
    async ensure({ id, snapshot: of, resourceId }) {
      await Promise.resolve();
      const cluster = clusters.get(id);
      if (!cluster) {
        if (resourceId !== null) {
          return { state: 'lost' };
        }
        if (!world.snapshots.some(({ arn }) => arn === of.arn)) {
          return { state: 'no-snapshot' };
        }
        made += 1;
        clusters.set(id, {
          resourceId: `cluster-${made}`,
          madeAt: now,
          of: of.arn,
          instanceAt: null,
          password: 'of production',
          isStopped: false,
          masked: 0,
        });
        return { state: 'pending', resourceId: null, waitingFor: 'the cluster (creating)' };
      }
      if (resourceId !== null && resourceId !== cluster.resourceId) {
        return { state: 'lost' };
      }
      if (cluster.isStopped) {
        cluster.isStopped = false;
        return { state: 'pending', resourceId: cluster.resourceId, waitingFor: 'the cluster (starting)' };
      }
      if (now - cluster.madeAt < 5 * MINUTES) {
        return { state: 'pending', resourceId: null, waitingFor: 'the cluster (creating)' };
      }
      cluster.instanceAt ??= now;
      return now - cluster.instanceAt < 5 * MINUTES
        ? { state: 'pending', resourceId: cluster.resourceId, waitingFor: 'the instance (creating)' }
        : { state: 'ready', resourceId: cluster.resourceId, endpoint: `${id}.example.com`, port: 3306, user: 'admin' };
    },
    async setPassword(id) {
      const cluster = clusters.get(id);
      if (!cluster) {
        throw new TransientError('NotReady', `${id} is not there`);
      }
      cluster.password = 'its own';
      await Promise.resolve();
    },
    async release(id) {
      return await Promise.resolve(!clusters.delete(id));
    },
  };

  function isOver({ startedAt, stopped }: FakeTask): boolean {
    return stopped || now - startedAt >= 60 * MINUTES;
  }

  const task: AnonymiseTask = {
    async observe({ id, attempt }) {
      await Promise.resolve();
      const found = tasks.get(`${id}/${attempt}`);
      // ECS forgets a task an hour after its end.
      if (!found || now - found.startedAt > 120 * MINUTES) {
        return { state: 'absent' };
      }
      if (!isOver(found)) {
        return { state: 'running', taskArn: found.arn };
      }
      const exitCode = found.stopped ? null : world.endOfTask(found.order).exitCode;
      return {
        state: 'ended',
        taskArn: found.arn,
        exitCode,
        cause: `container mask ended with exit code ${exitCode}`,
        lines: ['person.email has no rule'],
      };
    },
    async start(order) {
      await Promise.resolve();
      const cluster = clusters.get(order.id);
      if (cluster?.password !== 'its own') {
        throw new Error('the task cannot sign in');
      }
      const key = `${order.id}/${order.attempt}`;
      const running = [...tasks].filter(([other, one]) => other !== key && one.order.id === order.id && !isOver(one));
      if (running.length > 0) {
        throw new Error('two tasks mask one cluster');
      }
      if (!tasks.has(key)) {
        cluster.masked += 1;
        tasks.set(key, { arn: `task/${key}`, order, startedAt: now, stopped: false });
      }
      return `task/${key}`;
    },
    async stop(arn) {
      for (const found of tasks.values()) {
        if (found.arn === arn && !isOver(found)) {
          found.stopped = true;
        }
      }
      await Promise.resolve();
    },
  };

  const passports: PassportReader = {
    async read(arn) {
      const found = [...tasks.values()].find((one) => one.arn === arn);
      return await Promise.resolve(
        found && !found.stopped && isOver(found) ? world.endOfTask(found.order).passport : undefined,
      );
    },
  };

  const shapes: ShapeReader = {
    async shape(arn) {
      const found = [...tasks.values()].find((one) => one.arn === arn);
      return await Promise.resolve(found && isOver(found) ? world.shapeOf(found.order.id) : undefined);
    },
  };

  /** Counts every call, and ends the process at one. */
  function mortal<T extends object>(port: T): T {
    return Object.fromEntries(
      Object.entries(port).map(([name, method]: [string, (...given: unknown[]) => Promise<unknown>]) => [
        name,
        async (...given: unknown[]) => {
          calls += 1;
          const isLast = death?.at === calls;
          if (isLast && death?.when === 'before') {
            death = undefined;
            throw new Death(`before ${name}`);
          }
          const answer = await method(...given);
          if (isLast) {
            death = undefined;
            throw new Death(`after ${name}`);
          }
          return answer;
        },
      ]),
    ) as T;
  }

  return Object.assign(world, {
    ports: {
      store: mortal(store),
      clusters: mortal(fakeClusters),
      snapshots: mortal(snapshots),
      task: mortal(task),
      passports: mortal(passports),
      shapes: mortal(shapes),
      memory: mortal(world.memory),
      clock: { now: () => new Date(now), wallMilliseconds: (seconds: number) => seconds * 1000 },
    },
  });
}
