import type { SteppedClock } from '../../sim/clock.ts';
import type { SeedClients, SeededPlatform } from '../../sim/seed-platform.ts';
import type { EnvironmentIdentity } from '../../src/domain/environment.ts';
import { TransientError } from '../../src/domain/failure.ts';
import type { OutputsOf, ResourceKind, SpecOf } from '../../src/domain/resource.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { encodeTags } from '../../src/domain/tags.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { createProvisioners } from '../../src/provision/aws/provisioners.ts';
import type { DatabaseUsers } from '../../src/reconcile/database/database-users.ts';
import type { Desired, Observation, Provisioner, Provisioners, Release } from '../../src/reconcile/provisioner.ts';

/** An AWS with a platform on it, for the contract suite to stand on. */
export interface Stage {
  readonly clients: SeedClients;
  /** What provisioners work with: of an access key of their own, which a policy can be given to. */
  readonly mayflyClients: AwsClients;
  readonly platform: SeededPlatform;
  readonly clock: SteppedClock;
  readonly fetch: typeof fetch;
  /** Makes users in no database. */
  readonly users: DatabaseUsers;
  /** Makes the next calls of an operation happen without an answer; 0 ends it. Undefined where that cannot be arranged. */
  readonly loseAnswers: ((operation: string, times: number) => void) | undefined;
}

/** What the seeded platform must hold for the suite. */
export const SEED = {
  zone: 'ephemeral.example',
  images: ['app/api:head', 'app/api:next', 'app/migrate:head'],
  secrets: [{ name: 'app/source', members: { password: 'p-source', pepper: 'p-pepper' } }],
  parameters: [
    { name: '/app/source/domain', value: 'source.example' },
    { name: '/app/source/token', value: 't-source', secure: true },
    { name: '/app/source/deep/er', value: 'kept' },
  ],
} as const;

let nextPullRequest = 100;

/** One environment on a stage, and the steps a reconciler would take for it. */
export interface Scene extends Stage {
  readonly environment: EnvironmentIdentity;
  readonly provisioners: Provisioners;
  desire<K extends ResourceKind>(kind: K, suffix: string, spec: SpecOf<K>): Desired<K>;
  /** Observes and ensures, as time passes, until it is ready. */
  settle<K extends ResourceKind>(desired: Desired<K>): Promise<OutputsOf<K>>;
  /** Releases, as time passes, until it is absent. */
  vanish<K extends ResourceKind>(released: Omit<Desired<K>, 'tags'>): Promise<void>;
  provisioner<K extends ResourceKind>(kind: K): Provisioner<K>;
  /** Waits out troubles that pass by themselves. */
  eventually<T>(work: () => Promise<T>): Promise<T>;
}

const LOOKS = 400;
/** After so many troubles in a row it is no passing one. */
const TROUBLES = 20;

export function createScene(stage: Stage): Scene {
  const number = nextPullRequest++;
  const pullRequest = { repository: 'acme/shop', number };
  const environment = { id: `acme/shop#${number}`, pullRequest, name: `pr-${number}` };
  const provisioners = createProvisioners({ ...stage, clients: stage.mayflyClients });

  function provisioner<K extends ResourceKind>(kind: K): Provisioner<K> {
    return provisioners[kind] as unknown as Provisioner<K>;
  }

  return {
    ...stage,
    environment,
    provisioners,
    provisioner,
    eventually: async (work) => await eventually(work, stage.clock),
    desire: (kind, suffix, spec) => desiredOf({ environment, kind, suffix, spec, clock: stage.clock }),
    settle: async (desired) => await settle(provisioner(desired.kind), desired, stage.clock),
    vanish: async (released) => {
      await vanish(async () => await provisioner(released.kind).release(released as never), stage.clock);
    },
  };
}

function desiredOf<K extends ResourceKind>(given: {
  environment: EnvironmentIdentity;
  kind: K;
  suffix: string;
  spec: SpecOf<K>;
  clock: SteppedClock;
}): Desired<K> {
  const { environment, kind, suffix, spec, clock } = given;
  const name = resourceName({ platform: 'mayfly', environment, kind, service: suffix });
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  const tags = encodeTags({ environment, name, branch: 'feature/x', commit: 'a'.repeat(40), expiresAt });
  return { environment, key: `${kind}/${suffix}`, kind, name, spec, tags, recorded: undefined };
}

async function eventually<T>(work: () => Promise<T>, clock: SteppedClock): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientError) || attempts === TROUBLES) {
        throw error;
      }
      clock.advance(2);
    }
  }
}

/** A look that meets a passing trouble is taken again later, as the reconciler would. */
async function settle<K extends ResourceKind>(
  provisioner: Provisioner<K>,
  desired: Desired<K>,
  clock: SteppedClock,
): Promise<OutputsOf<K>> {
  let recorded = desired.recorded;
  let last = 'never looked';
  let troubles = 0;
  for (let looks = 0; looks < LOOKS && troubles < TROUBLES; looks += 1) {
    const reached = await step(provisioner, { ...desired, recorded });
    if (reached instanceof TransientError) {
      last = reached.message;
      troubles += 1;
      clock.advance(2);
      continue;
    }
    troubles = 0;
    if (reached.state === 'ready') {
      return reached.outputs;
    }
    recorded = reached.state === 'absent' ? recorded : { ...recorded, ...reached.outputs };
    last = reached.state === 'pending' ? reached.waitingFor : reached.state;
    clock.advance(reached.state === 'pending' ? reached.requeueAfterSeconds : 1);
  }
  throw new Error(`${desired.key} did not become ready: ${last}`);
}

async function step<K extends ResourceKind>(
  provisioner: Provisioner<K>,
  desired: Desired<K>,
): Promise<Observation<K> | TransientError> {
  try {
    const observed = await provisioner.observe(desired);
    const isDue = observed.state === 'absent' || observed.state === 'drifted';
    return isDue ? await provisioner.ensure(desired, observed) : observed;
  } catch (error) {
    if (error instanceof TransientError) {
      return error;
    }
    throw error;
  }
}

async function vanish(release: () => Promise<Release>, clock: SteppedClock): Promise<void> {
  let last = 'never looked';
  for (let looks = 0; looks < LOOKS; looks += 1) {
    try {
      const reached = await release();
      if (reached.state === 'absent') {
        return;
      }
      last = reached.waitingFor;
      clock.advance(reached.requeueAfterSeconds);
    } catch (error) {
      if (!(error instanceof TransientError)) {
        throw error;
      }
      last = error.message;
      clock.advance(2);
    }
  }
  throw new Error(`it did not vanish: ${last}`);
}
