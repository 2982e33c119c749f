import type { EnvironmentPrefixes } from '../../domain/naming.ts';
import type { Store } from '../store.ts';
import type { EstateReader, EstateThing } from './estate.ts';
import { protectedThings } from './judge.ts';
import { type KeepingPorts, type KeepingSettings, keptByGitHub } from './kept-by-github.ts';
import type { Condemned, Mark, Sighting, SweepMarks } from './marks.ts';
import {
  idOf,
  isOnRecordByRight,
  NOTHING,
  type OrphanReason,
  orphanedBecause,
  type PullRequestEstate,
  type Remembered,
  remember,
} from './orphan.ts';

/** A thing that one look finds unkept may be on its way somewhere; one look more has to agree. */
const LEAST_LOOKS = 2;

export interface SweepPorts extends KeepingPorts {
  readonly estate: EstateReader;
  readonly store: Pick<
    Store,
    'environment' | 'resources' | 'liveEnvironments' | 'events' | 'appendEvent' | 'transaction'
  >;
  readonly marks: SweepMarks;
}

/** `graceSeconds`: how long after it was first seen a thing may be deleted. */
export interface SweepSettings extends KeepingSettings {
  readonly environmentPrefixes: EnvironmentPrefixes;
  /** Only tells. */
  readonly dryRun: boolean;
}

/** What became of the orphans of one environment in one look. */
export interface SweptEnvironment {
  readonly id: string;
  readonly name: string;
  readonly reasons: readonly OrphanReason[];
  readonly things: readonly string[];
  /** `marked`: to be looked at again. `left`: `why` says what keeps it, for now. `deleting`: given over to its own turn. */
  readonly outcome: 'marked' | 'protected' | 'left' | 'deleting';
  readonly why: string;
  /** Whether this is the first that anybody hears of the leak. */
  readonly isNews: boolean;
}

export interface SweepReport {
  readonly seen: number;
  readonly dryRun: boolean;
  /** Things that nothing keeps, those among them that were given over, and what of the look before is gone. */
  readonly found: number;
  readonly condemned: number;
  readonly deleted: number;
  readonly environments: readonly SweptEnvironment[];
}

interface Suspect {
  readonly estate: PullRequestEstate;
  readonly remembered: Remembered;
  readonly orphans: readonly { readonly thing: EstateThing; readonly sighting: Sighting }[];
}

/**
 * One look at everything in the account, for what nothing keeps. What this look and an earlier one agree on, and GitHub
 * too, is given over to the turn of its environment, one step of the way each look: see `releaseCondemned`. What a row of
 * a living environment names never is. Deletes nothing itself. Throws when AWS does not tell what there is: nothing is
 * concluded then.
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
  const before = await ports.marks.condemned();
  const sightings = suspects.flatMap(({ orphans }) => orphans.map(({ sighting }) => sighting));
  const marks = new Map((await ports.marks.noteLook(sightings, ports.clock.now())).map((mark) => [mark.thing, mark]));
  const environments: SweptEnvironment[] = [];
  for (const suspect of suspects) {
    environments.push(await judgeOrphans(suspect, { ports, settings, signal, marks }));
  }
  const there = new Set(estates.flatMap(({ things }) => things.map(keyOf)));
  return {
    seen: estates.length,
    dryRun: settings.dryRun,
    found: sightings.length,
    condemned: environments.flatMap(({ outcome, things }) => (outcome === 'deleting' ? things : [])).length,
    deleted: before.filter(({ thing }) => !there.has(keyOf(thing))).length,
    environments,
  };
}

/** The record is read after the account: a row is written before its thing, so a thing without a row had none. */
async function suspectIn(
  estate: Parameters<typeof isOnRecordByRight>[0],
  { ports, settings }: { ports: SweepPorts; settings: SweepSettings },
): Promise<Suspect | undefined> {
  const { repository, number } = estate.owner.pullRequest;
  const remembered = number === null ? NOTHING : await remember(`${repository}#${number}`, ports.store);
  const { environmentPrefixes: prefixes } = settings;
  if (!isOnRecordByRight(estate, { record: remembered.record, prefixes })) {
    return undefined;
  }
  const orphans = estate.things.flatMap((thing) => {
    const reason = orphanedBecause(thing, remembered);
    const sighting = { thing: keyOf(thing), environmentId: idOf(estate) };
    return reason === undefined ? [] : [{ thing, sighting: { ...sighting, reason } }];
  });
  return orphans.length === 0 ? undefined : { estate, remembered, orphans };
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

async function judgeOrphans(suspect: Suspect, judging: Judging): Promise<SweptEnvironment> {
  const { ports, settings, signal, marks } = judging;
  const { estate, orphans } = suspect;
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
    : await keptByGitHub(estate, { ports, settings });
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
  signal.throwIfAborted();
  await giveOver(suspect, ripe, ports);
  return { ...about, outcome: 'deleting', why: '', isNews };
}

/** No other turn of the environment runs beside that one, and what happens until then is seen in it. */
async function giveOver(
  { estate, remembered: { record } }: Suspect,
  orphans: Suspect['orphans'],
  { marks, store }: SweepPorts,
): Promise<void> {
  const generation = record?.intent.generation ?? null;
  const { owner } = estate;
  await marks.condemn(orphans.map(({ thing, sighting }): Condemned => ({ sighting, owner, thing, generation })));
  await store.transaction(async (transaction) => await transaction.enqueue(idOf(estate)));
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
