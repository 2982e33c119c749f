import { digestOf } from '../../domain/digest.ts';
import type { EnvironmentIdentity } from '../../domain/environment.ts';
import { OBSERVING_KINDS, type OutputsOf, RECORDED_KINDS, type ResourceKind } from '../../domain/resource.ts';
import type { Clock } from '../clock.ts';
import { nextLookSeconds } from '../pacing.ts';
import type { Desired, Observation, Provisioner, Provisioners } from '../provisioner.ts';
import type { ResourceRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import type { Attention } from './attention.ts';
import { type Failure, failedBy } from './failing.ts';
import type { Ledger } from './ledger.ts';
import type { GraphNode, Known } from './node.ts';
import type { Standing } from './standing.ts';

/** How long something ready is taken at its word before it is looked at again for drift. */
const READY_RECHECK_SECONDS = 300;
/** What changes by itself once it is ready: tasks are replaced and their addresses move, and what was healthy falls ill. */
const LIVE_RECHECK_SECONDS: Partial<Record<ResourceKind, number>> = { rollout: 30, 'target-health': 60 };

/** What one node's visit needs of the pass it belongs to. */
export interface Attending {
  readonly environment: EnvironmentIdentity;
  readonly provisioners: Provisioners;
  readonly ledger: Ledger;
  readonly attention: Attention<Standing>;
  readonly clock: Clock;
  /** All tags that a resource of this name must carry. */
  tags(name: string): Readonly<Record<string, string>>;
  /** Reads the intent again. Throws `SupersededError` when it is no longer what this pass began with. */
  confirmIntent(): Promise<void>;
  /** What else is to be done once a node is ready and before anything that needs it goes on. It does not throw. */
  onReady?(key: string): Promise<void>;
  /** Told of errors that no adapter classified. */
  onUnexpected(key: string, error: unknown): void;
}

/** One node whose needs are met: looks at it if it is due, and takes its next step if it has one. */
export async function attend<K extends ResourceKind>(
  node: GraphNode<K>,
  known: Known,
  attending: Attending,
): Promise<Standing> {
  const { attention, clock, environment, ledger, tags } = attending;
  const { key, kind, name } = node;
  const spec = node.spec(known);
  const digest = digestOf({ name, spec });
  const row = ledger.of(key);
  const remembered = attention.recall(key, digest, clock.now());
  if (remembered && !isBeforeItsRelease(remembered, row)) {
    return remembered;
  }
  const recorded = (row?.outputs ?? undefined) as Partial<OutputsOf<K>> | undefined;
  const desired: Desired<K> = { environment, key, kind, name, spec, tags: tags(name), recorded };
  try {
    return await look(desired, digest, attending);
  } catch (error) {
    if (error instanceof SupersededError) {
      throw error;
    }
    return await recordFailure(desired, { digest, error }, attending);
  }
}

/** What another commit had released since it was seen is not there any more, however lately that was. */
function isBeforeItsRelease({ state }: Standing, row: ResourceRecord | undefined): boolean {
  return state !== 'failed' && (row?.state === 'gone' || row?.state === 'releasing');
}

async function look<K extends ResourceKind>(
  desired: Desired<K>,
  digest: string,
  attending: Attending,
): Promise<Standing> {
  const { attention, clock, ledger, provisioners } = attending;
  const provisioner = provisioners[desired.kind] as unknown as Provisioner<K>;
  const observed = await provisioner.observe(desired);
  const { key, kind, name, spec } = desired;
  let reached = observed;
  if (observed.state === 'absent' || observed.state === 'drifted') {
    await attending.confirmIntent();
    if (RECORDED_KINDS.includes(kind)) {
      await ledger.note(key, { kind, name, spec, state: 'asked', outputs: null });
    } else if (!OBSERVING_KINDS.includes(kind)) {
      await ledger.note(key, { kind, name, spec, state: 'asked' });
    }
    reached = await provisioner.ensure(desired, observed);
  }
  const standing = standingOf(reached);
  const state = standing.state === 'ready' ? 'ready' : 'pending';
  const message = standing.state === 'pending' ? standing.waitingFor : '';
  await ledger.note(key, { kind, name, spec, state, outputs: standing.outputs, message });
  attention.settle(key, {
    digest,
    standing,
    now: clock.now(),
    seconds: secondsToNextLook({ kind, key, digest }, reached, attending),
  });
  return standing;
}

type Reached = Extract<Standing, { state: 'ready' | 'pending' }>;

function standingOf<K extends ResourceKind>(observation: Observation<K>): Reached {
  switch (observation.state) {
    case 'ready':
      return { state: 'ready', outputs: observation.outputs };
    case 'pending':
      return { state: 'pending', outputs: observation.outputs, waitingFor: observation.waitingFor };
    case 'drifted':
      return {
        state: 'pending',
        outputs: observation.outputs,
        waitingFor: `${observation.drift.join(', ')} to change`,
      };
    case 'absent':
      return { state: 'pending', outputs: {}, waitingFor: 'it to appear' };
  }
}

function secondsToNextLook<K extends ResourceKind>(
  { kind, key, digest }: { kind: K; key: string; digest: string },
  reached: Observation<K>,
  { attention, clock }: Attending,
): number {
  if (reached.state === 'ready') {
    return LIVE_RECHECK_SECONDS[kind] ?? READY_RECHECK_SECONDS;
  }
  const now = clock.now();
  const elapsedSeconds = (now.getTime() - attention.since(key, digest, now).getTime()) / 1000;
  const { requeueAfterSeconds, notBeforeSeconds = 0 } =
    reached.state === 'pending' ? reached : { requeueAfterSeconds: 1 };
  return Math.max(notBeforeSeconds, nextLookSeconds({ elapsedSeconds, hintSeconds: requeueAfterSeconds }));
}

async function recordFailure<K extends ResourceKind>(
  desired: Desired<K>,
  { digest, error }: { digest: string; error: unknown },
  { attention, clock, ledger, onUnexpected }: Attending,
): Promise<Standing> {
  const { key, kind, name, spec, recorded } = desired;
  const { failure, nextLookSeconds: seconds } = failedBy(error, { key, digest, attention, onUnexpected });
  const standing: Standing = { state: 'failed', outputs: recorded ?? {}, failure };
  attention.fail(key, { digest, standing, now: clock.now(), seconds });
  // A resource that nothing was ever asked of has no row: what was only looked for is not owed a release.
  const row = ledger.of(key);
  if (row) {
    await ledger.note(key, { kind, name, spec, state: stateAfter(failure, row), message: failure.message });
  }
  return standing;
}

/** What never was ours is not on the books: somebody else's resource of that name must not hold up the end of the environment. */
function stateAfter({ actor, reason }: Failure, { readyAt, outputs }: ResourceRecord): ResourceRecord['state'] {
  if (reason === 'NameTaken' && readyAt === null && outputs === null) {
    return 'gone';
  }
  return actor === 'nobody' ? 'pending' : 'failed';
}
