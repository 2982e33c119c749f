import type { SteppedClock } from '../../sim/clock.ts';
import type { ResourceKind } from '../../src/domain/resource.ts';
import type { Observation, Provisioner, Provisioners, Release, Released } from '../../src/reconcile/provisioner.ts';

interface FakeResource {
  readonly kind: ResourceKind;
  readonly readyAt: number;
  readonly outputs: Record<string, unknown>;
  readonly tags: Readonly<Record<string, string>>;
  goneAt: number | undefined;
}

export interface FakeKind {
  readonly readyAfterSeconds?: number;
  /** How long it wants to be left alone while it is on its way. */
  readonly notBeforeSeconds?: number;
  readonly goneAfterSeconds?: number;
  /** Whether the service takes the deletion at once; true by default. */
  readonly takesDeletion?: boolean;
  /** What is known from the beginning, and what more once it is ready. */
  readonly outputs?: Record<string, unknown>;
  /** Thrown by the next calls of that method, first in, first out. */
  readonly errors?: { observe?: Error[]; ensure?: Error[]; release?: Error[] };
}

/** Resources of no cloud: they take the time they are given and remember who touched them. */
export interface FakeResources {
  readonly provisioners: Provisioners;
  /** Names of everything that exists, sorted; including what is on its way out. */
  existing(): string[];
  readonly calls: string[];
  /** What was asked to go, in order. */
  readonly released: Released[];
  set(kind: ResourceKind, behaviour: FakeKind): void;
  /** The tags it was made with. */
  tagsOf(name: string): Readonly<Record<string, string>>;
  /** Somebody deletes it by hand. */
  destroy(name: string): void;
}

export function createFakeResources(
  clock: SteppedClock,
  {
    onEnsure = () => undefined,
    onRelease = () => undefined,
  }: { onEnsure?: (key: string) => void; onRelease?: (key: string) => void } = {},
): FakeResources {
  const behaviours = new Map<ResourceKind, FakeKind>();
  const resources = new Map<string, FakeResource>();
  const calls: string[] = [];
  const released: Released[] = [];

  function sweep(): void {
    for (const [name, { goneAt }] of resources) {
      if (goneAt !== undefined && goneAt <= clock.now().getTime()) {
        resources.delete(name);
      }
    }
  }

  function misbehave(kind: ResourceKind, method: 'observe' | 'ensure' | 'release'): void {
    const error = behaviours.get(kind)?.errors?.[method]?.shift();
    if (error !== undefined) {
      throw error;
    }
  }

  function provisioner<K extends ResourceKind>(kind: K): Provisioner<K> {
    const idOf = (name: string) => `${kind} ${name}`;

    function look(name: string): Observation<K> {
      sweep();
      const resource = resources.get(idOf(name));
      if (!resource) {
        return { state: 'absent' };
      }
      // Fakes carry whatever outputs the test gives; their types are the test's concern.
      const outputs = resource.outputs as never;
      const { notBeforeSeconds = 0 } = behaviours.get(kind) ?? {};
      return resource.readyAt <= clock.now().getTime()
        ? { state: 'ready', outputs }
        : { state: 'pending', outputs, waitingFor: `${kind} to be ready`, requeueAfterSeconds: 2, notBeforeSeconds };
    }

    return {
      kind,
      observe: async ({ key, name }) => {
        calls.push(`observe ${key}`);
        misbehave(kind, 'observe');
        return look(name);
      },
      ensure: async ({ key, name, tags }) => {
        calls.push(`ensure ${key}`);
        onEnsure(key);
        misbehave(kind, 'ensure');
        const { readyAfterSeconds = 0, outputs = {} } = behaviours.get(kind) ?? {};
        const readyAt = clock.now().getTime() + readyAfterSeconds * 1000;
        const made = { kind, readyAt, outputs: { arn: `arn:${name}`, ...outputs }, tags };
        resources.set(idOf(name), { ...made, goneAt: undefined });
        return look(name);
      },
      release: async (leaving): Promise<Release> => {
        const { key, name } = leaving;
        calls.push(`release ${key}`);
        onRelease(key);
        released.push(leaving);
        misbehave(kind, 'release');
        sweep();
        const resource = resources.get(idOf(name));
        if (!resource) {
          return { state: 'absent' };
        }
        const { goneAfterSeconds = 0, takesDeletion = true } = behaviours.get(kind) ?? {};
        if (takesDeletion) {
          resource.goneAt ??= clock.now().getTime() + goneAfterSeconds * 1000;
        }
        return { state: 'releasing', underWay: takesDeletion, waitingFor: `${kind} to go`, requeueAfterSeconds: 2 };
      },
    };
  }

  // Every kind answers alike, so one object stands for all of them.
  const provisioners = new Proxy({} as Provisioners, { get: (_, kind) => provisioner(kind as ResourceKind) });

  return {
    provisioners,
    calls,
    released,
    existing() {
      sweep();
      return [...resources.keys()].sort();
    },
    tagsOf: (name) => [...resources].find(([id]) => id.endsWith(` ${name}`))?.[1].tags ?? {},
    set: (kind, behaviour) => void behaviours.set(kind, behaviour),
    destroy: (name) => {
      for (const id of resources.keys()) {
        if (id.endsWith(` ${name}`)) {
          resources.delete(id);
        }
      }
    },
  };
}
