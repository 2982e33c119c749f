import type { EnvironmentPrefixes } from '../../domain/naming.ts';
import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import { createAttention } from '../graph/attention.ts';
import type { Leaving } from '../graph/take-down.ts';
import { isLabelled } from '../missing-label.ts';
import type { Provisioners } from '../provisioner.ts';
import type { Store } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import type { EstateReader, EstateThing } from './estate.ts';
import { judge, protectedThings } from './judge.ts';
import type { Mark, Sighting, SweepMarks } from './marks.ts';
import {
  idOf,
  isOnRecordByRight,
  type OrphanReason,
  orphanedBecause,
  type PullRequestEstate,
  type Remembered,
} from './orphan.ts';
import { releaseThings } from './release-things.ts';

/** A thing that one look finds unkept may be on its way somewhere; one look more has to agree. */
const LEAST_LOOKS = 2;

export interface SweepPorts {
  readonly estate: EstateReader;
  readonly store: Pick<Store, 'environment' | 'resources' | 'liveEnvironments' | 'appendEvent'>;
  readonly marks: SweepMarks;
  readonly forge: Pick<Forge, 'pullRequest'>;
  /** Which installation sees a repository; undefined when none does. */
  installationOf(repository: string): Promise<number | undefined>;
  readonly provisioners: Provisioners;
  readonly clock: Clock;
  onUnexpected(where: string, error: unknown): void;
}

export interface SweepSettings {
  readonly environmentPrefixes: EnvironmentPrefixes;
  readonly label: string;
  /** How long after it was first seen a thing may be deleted. */
  readonly graceSeconds: number;
  /** Only tells. */
  readonly dryRun: boolean;
}

/** What became of the orphans of one environment in one look. */
export interface SweptEnvironment {
  readonly id: string;
  readonly name: string;
  readonly reasons: readonly OrphanReason[];
  readonly things: readonly string[];
  /** `marked`: to be looked at again. `left`: `why` says what keeps it, for now. */
  readonly outcome: 'marked' | 'protected' | 'left' | 'deleting';
  readonly why: string;
  /** Whether this is the first that anybody hears of the leak. */
  readonly isNews: boolean;
}

export interface SweepReport {
  readonly seen: number;
  readonly dryRun: boolean;
  readonly environments: readonly SweptEnvironment[];
}

interface Suspect {
  readonly estate: PullRequestEstate;
  readonly orphans: readonly { readonly thing: EstateThing; readonly sighting: Sighting }[];
}

/**
 * One look at everything in the account, for what nothing keeps. What this look and an earlier one agree on, and GitHub
 * too, is deleted, one step of the way each look; what a row of a living environment names never is. Throws when AWS does
 * not tell what there is: nothing is concluded then.
 */
export async function sweep(
  ports: SweepPorts,
  { settings, signal }: { settings: SweepSettings; signal: AbortSignal },
): Promise<SweepReport> {
  const live = await ports.store.liveEnvironments();
  const estates = await ports.estate.read(live.map(({ identity }) => identity));
  const suspects: Suspect[] = [];
  for (const estate of estates) {
    const suspect = await suspectIn(estate, { ports, settings });
    if (suspect) {
      suspects.push(suspect);
    }
  }
  signal.throwIfAborted();
  const sightings = suspects.flatMap(({ orphans }) => orphans.map(({ sighting }) => sighting));
  const marks = new Map((await ports.marks.noteLook(sightings, ports.clock.now())).map((mark) => [mark.thing, mark]));
  const environments: SweptEnvironment[] = [];
  for (const suspect of suspects) {
    environments.push(await judgeOrphans(suspect, { ports, settings, signal, marks }));
  }
  return { seen: estates.length, dryRun: settings.dryRun, environments };
}

/** The record is read after the account: a row is written before its thing, so a thing without a row had none. */
async function suspectIn(
  estate: Parameters<typeof isOnRecordByRight>[0],
  { ports, settings }: { ports: SweepPorts; settings: SweepSettings },
): Promise<Suspect | undefined> {
  const { repository, number } = estate.owner.pullRequest;
  const remembered = number === null ? nothing : await remember(`${repository}#${number}`, ports.store);
  const { environmentPrefixes: prefixes } = settings;
  if (!isOnRecordByRight(estate, { record: remembered.record, prefixes })) {
    return undefined;
  }
  const orphans = estate.things.flatMap((thing) => {
    const reason = orphanedBecause(thing, remembered);
    const sighting = { thing: keyOf(thing), environmentId: idOf(estate) };
    return reason === undefined ? [] : [{ thing, sighting: { ...sighting, reason } }];
  });
  return orphans.length === 0 ? undefined : { estate, orphans };
}

const nothing: Remembered = { record: undefined, rows: [] };

async function remember(id: string, store: SweepPorts['store']): Promise<Remembered> {
  const record = await store.environment(id);
  return record ? { record, rows: await store.resources(id, record.life) } : nothing;
}

function keyOf({ kind, name }: EstateThing): string {
  return `${kind} ${name}`;
}

interface Judging {
  readonly ports: SweepPorts;
  readonly settings: SweepSettings;
  readonly signal: AbortSignal;
  readonly marks: ReadonlyMap<string, Mark>;
}

async function judgeOrphans({ estate, orphans }: Suspect, judging: Judging): Promise<SweptEnvironment> {
  const { ports, settings, marks } = judging;
  const now = ports.clock.now();
  const id = idOf(estate);
  const ripe = orphans.filter(({ sighting }) => isRipe(marks.get(sighting.thing), { now, settings }));
  const told = ripe.length > 0 ? ripe : orphans;
  const about = {
    id,
    name: estate.owner.name,
    reasons: [...new Set(told.map(({ sighting }) => sighting.reason))].toSorted(),
    things: told.map(({ thing }) => thing.label),
  };
  if (ripe.length === 0) {
    return { ...about, outcome: 'marked', why: 'it is looked at again', isNews: false };
  }
  const keepers = protectedThings(estate);
  if (keepers.length > 0) {
    return { ...about, outcome: 'protected', why: `${keepers.join(', ')} is tagged Protect`, isNews: false };
  }
  const wanted = about.reasons.every((reason) => reason === 'not-on-record')
    ? undefined
    : await keptByGitHub(estate, judging);
  if (wanted !== undefined) {
    return { ...about, outcome: 'left', why: wanted, isNews: false };
  }
  const isNews = ripe.some(({ sighting }) => marks.get(sighting.thing)?.toldAt === null);
  if (isNews) {
    await noteLeak(about, { ripe: ripe.map(({ sighting }) => sighting.thing), ports, now });
  }
  if (settings.dryRun) {
    return { ...about, outcome: 'left', why: 'this is a dry run', isNews };
  }
  const why = await release(estate, ripe, judging);
  return { ...about, outcome: 'deleting', why, isNews };
}

function isRipe(mark: Mark | undefined, { now, settings }: { now: Date; settings: SweepSettings }): boolean {
  return (
    mark !== undefined &&
    mark.looks >= LEAST_LOOKS &&
    now.getTime() - mark.firstSeenAt.getTime() >= settings.graceSeconds * 1000
  );
}

async function noteLeak(
  { id, reasons, things }: Pick<SweptEnvironment, 'id' | 'reasons' | 'things'>,
  { ripe, ports, now }: { ripe: readonly string[]; ports: SweepPorts; now: Date },
): Promise<void> {
  const details = { reasons: reasons.join(', '), things: things.length };
  await ports.store.appendEvent({ environmentId: id, at: now, actor: 'mayfly', action: 'leak-found', details });
  await ports.marks.noteTold(ripe, now);
}

/**
 * Why GitHub keeps the environment, as it says now; undefined when it does not. What it does not answer keeps it. So does
 * a repository that no installation sees, for one that is suspended sees none: then its own time has to be over as well.
 */
async function keptByGitHub(estate: PullRequestEstate, { ports, settings }: Judging): Promise<string | undefined> {
  const { pullRequest } = estate.owner;
  try {
    const record = await ports.store.environment(idOf(estate));
    const installationId = record?.installationId ?? (await ports.installationOf(pullRequest.repository));
    if (installationId === undefined) {
      const { state } = judge(estate, { now: ports.clock.now(), graceSeconds: settings.graceSeconds });
      return state === 'expired' ? undefined : 'no installation sees its repository, and its time is not over';
    }
    const facts = await ports.forge.pullRequest(pullRequest, installationId);
    return facts?.open && isLabelled(facts, settings.label)
      ? 'its pull request is open and labelled: its record is made again by itself'
      : undefined;
  } catch (error) {
    ports.onUnexpected(`asking GitHub about ${idOf(estate)}`, error);
    return 'GitHub did not say whether it is wanted';
  }
}

/** One step of the way out. The record is read again before each deletion. */
async function release(
  estate: PullRequestEstate,
  orphans: Suspect['orphans'],
  { ports, signal }: Judging,
): Promise<string> {
  const { clock, provisioners, store } = ports;
  try {
    const things = orphans.map(({ thing }) => thing);
    const leavings = await releaseThings(estate.owner, things, {
      provisioners,
      clock,
      attention: createAttention<Leaving>(),
      async confirm() {
        const now = await remember(idOf(estate), store);
        // Whoever made a new record adopts what is there, and has rows for it only a moment later.
        const isAsItWas = orphans.every(({ thing, sighting }) => orphanedBecause(thing, now) === sighting.reason);
        if (signal.aborted || !isAsItWas) {
          throw new SupersededError();
        }
      },
      onUnexpected: (where, error) => ports.onUnexpected(where, error),
    });
    const failed = leavings.flatMap(({ leaving }) => (leaving.state === 'failed' ? [leaving.failure.message] : []));
    return failed.join(' ');
  } catch (error) {
    if (error instanceof SupersededError) {
      return 'it is wanted again';
    }
    throw error;
  }
}
