import { createAttention } from '../graph/attention.ts';
import type { Leaving } from '../graph/take-down.ts';
import type { Provisioners } from '../provisioner.ts';
import type { Store } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { type KeepingPorts, type KeepingSettings, keptByGitHub } from './kept-by-github.ts';
import type { Condemned, SweepMarks } from './marks.ts';
import { orphanedBecause, type PullRequestEstate, remember } from './orphan.ts';
import { releaseThings } from './release-things.ts';

export interface CondemnedPorts extends KeepingPorts {
  readonly marks: Pick<SweepMarks, 'condemned'>;
  readonly store: Pick<Store, 'environment' | 'resources' | 'events' | 'nextLetter'>;
  readonly provisioners: Provisioners;
}

/** What one turn did about what the sweep had given over to it. */
export interface ReleasedCondemned {
  readonly environmentId: string;
  readonly things: readonly string[];
  /** Why some are still there although they should not be; sentences, for the log. */
  readonly failed: readonly string[];
  /** Why nothing, or nothing more, was deleted; empty when the step was taken whole. */
  readonly why: string;
}

/**
 * One step of the way out of what the sweep condemned of one environment. To be called in that environment's own turn,
 * and before its pass: then nothing else makes, adopts or deletes anything of it, and the rows are all that there is to
 * know. GitHub is asked once more, and everything that the look went by is read again right before each deletion: who
 * wants the environment meanwhile finds what is there, and the next look judges anew. Undefined when nothing was condemned.
 */
export async function releaseCondemned(
  environmentId: string,
  {
    ports,
    settings,
    signal,
  }: {
    ports: CondemnedPorts;
    settings: KeepingSettings;
    signal: AbortSignal;
  },
): Promise<ReleasedCondemned | undefined> {
  const condemned = await ports.marks.condemned(environmentId);
  const [first] = condemned;
  if (!first) {
    return undefined;
  }
  const told = { environmentId, things: condemned.map(({ thing }) => thing.label), failed: [] };
  const estate = { owner: first.owner, things: condemned.map(({ thing }) => thing), others: [] } as PullRequestEstate;
  const confirm = async () => await confirmCondemned(environmentId, { condemned, ports, signal });
  try {
    await confirm();
    const livesOn = condemned.every(({ sighting }) => sighting.reason === 'not-on-record');
    const kept = livesOn ? undefined : await keptByGitHub(estate, { ports, settings });
    return kept === undefined
      ? { ...told, failed: await release(estate, { ports, confirm }), why: '' }
      : { ...told, why: kept };
  } catch (error) {
    if (error instanceof SupersededError) {
      return { ...told, why: 'it is not as the sweep found it any more' };
    }
    throw error;
  }
}

async function release(
  { owner, things }: PullRequestEstate,
  { ports, confirm }: { ports: CondemnedPorts; confirm: () => Promise<void> },
): Promise<readonly string[]> {
  const { clock, provisioners } = ports;
  const leavings = await releaseThings(owner, things, {
    provisioners,
    clock,
    attention: createAttention<Leaving>(),
    confirm,
    onUnexpected: (where, error) => ports.onUnexpected(where, error),
  });
  return leavings.flatMap(({ leaving }) => (leaving.state === 'failed' ? [leaving.failure.message] : []));
}

/**
 * Throws `SupersededError` unless everything is as the look found it. A petition that was heard and is not taken in yet
 * may want the environment. What is wanted of one that lives may need, since a push, the very thing that no row names yet.
 */
async function confirmCondemned(
  environmentId: string,
  { condemned, ports, signal }: { condemned: readonly Condemned[]; ports: CondemnedPorts; signal: AbortSignal },
): Promise<void> {
  const now = await remember(environmentId, ports.store);
  const standing = new Set((await ports.marks.condemned(environmentId)).map(({ sighting }) => sighting.thing));
  const isAsItWas = condemned.every(
    ({ thing, sighting, generation }) =>
      standing.has(sighting.thing) &&
      generation === (now.record?.intent.generation ?? null) &&
      orphanedBecause(thing, now) === sighting.reason,
  );
  if (!isAsItWas || (await ports.store.nextLetter(environmentId)) !== undefined || signal.aborted) {
    throw new SupersededError();
  }
}
