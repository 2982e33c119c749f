import type { EnvironmentOwner } from '../../../domain/environment.ts';
import type { EnvironmentPrefixes } from '../../../domain/naming.ts';
import type { EnvironmentEstate, EstateReader, EstateThing } from '../../../reconcile/orphans/estate.ts';
import { ownerKey } from '../../../reconcile/orphans/estate.ts';
import type { AwsClients } from '../clients.ts';
import { readRules, readTargetGroups } from './balancing.ts';
import { readCertificates } from './certificates.ts';
import { readDatabases } from './databases.ts';
import { isReleasable, readHints } from './hints.ts';
import { readLogGroups } from './log-groups.ts';
import { distinctOwners, ownerIn } from './owners.ts';
import type { EstateScope, Reading, TaggedThing } from './reading.ts';
import { readRecordNames } from './record-names.ts';
import { readOneOffTasks, readServices } from './services.ts';
import { readParameters, readSecrets } from './stores.ts';
import { readTaskDefinitions } from './task-definitions.ts';
import { isOfPlatform } from './thing-names.ts';

/** Services that are read side by side. Each keeps to a part of its own rate. */
const READERS: readonly ((reading: Reading) => Promise<TaggedThing[]>)[] = [
  readDatabases,
  readServices,
  readOneOffTasks,
  readTaskDefinitions,
  // One after the other: they share one rate.
  async (reading) => [
    ...(await readTargetGroups(reading)),
    ...(await readRules(reading)),
    ...(await readCertificates(reading)),
  ],
  readLogGroups,
  readSecrets,
];

export interface EstateParts {
  readonly clients: AwsClients;
  readonly scope: EstateScope;
  readonly environmentPrefixes: EnvironmentPrefixes;
  /** Lets seconds pass. */
  pause(seconds: number): Promise<void>;
}

/** What the account holds of the environments of one platform, on AWS. */
export function createEstateReader({ clients, scope, environmentPrefixes, pause }: EstateParts): EstateReader {
  const ownerOf = (tags: TaggedThing['tags']): EnvironmentOwner | undefined => ownerIn(tags, environmentPrefixes);

  async function readTagged(reading: Reading): Promise<TaggedThing[]> {
    // All are let end: nothing of a look goes on after it.
    const parts = await Promise.allSettled(READERS.map(async (read) => await read(reading)));
    const things = parts.flatMap((part) => {
      if (part.status === 'rejected') {
        throw part.reason;
      }
      return part.value;
    });
    // An environment that has nothing left but parameters is known by what the tagging API says.
    const suspected = [...things.map(({ tags }) => tags), ...reading.hints.values()].flatMap(
      (tags) => ownerOf(tags) ?? [],
    );
    return [...things, ...(await readParameters(reading, distinctOwners(suspected)))];
  }

  return {
    async read(known) {
      const hints = await readHints(clients.tagging);
      const reading: Reading = { clients, scope, hints, pause };
      const knownKeys = new Set(known.map(ownerKey));
      const found = groupByOwner(await readTagged(reading), { ownerOf, platform: scope.name });
      const proven = [...found.values()].filter(
        ({ owner, things }) => knownKeys.has(ownerKey(owner)) || things.some(({ isWitness }) => isWitness),
      );
      const named = await readRecordNames(reading, distinctOwners([...proven.map(({ owner }) => owner), ...known]));
      return assemble({ proven, named, others: othersIn(hints, ownerOf) });
    },
  };
}

interface Group {
  readonly owner: EnvironmentOwner;
  readonly things: EstateThing[];
}

function groupByOwner(
  things: readonly TaggedThing[],
  { ownerOf, platform }: { ownerOf: (tags: TaggedThing['tags']) => EnvironmentOwner | undefined; platform: string },
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const thing of things) {
    const owner = ownerOf(thing.tags);
    if (owner && isOfPlatform(thing, { platform, environment: owner.name })) {
      const group = groups.get(ownerKey(owner)) ?? { owner, things: [] };
      group.things.push(thing);
      groups.set(ownerKey(owner), group);
    }
  }
  return groups;
}

/** What the tagging API lists and no provisioner can release, such as a snapshot that somebody made or a database that was restored from one: by owner. */
function othersIn(
  hints: Reading['hints'],
  ownerOf: (tags: TaggedThing['tags']) => EnvironmentOwner | undefined,
): ReadonlyMap<string, string[]> {
  const others = new Map<string, string[]>();
  for (const [arn, tags] of hints) {
    const owner = ownerOf(tags);
    if (owner && !isReleasable(arn, tags)) {
      others.set(ownerKey(owner), [...(others.get(ownerKey(owner)) ?? []), arn]);
    }
  }
  return others;
}

function assemble({
  proven,
  named,
  others,
}: {
  proven: readonly Group[];
  named: ReadonlyMap<EnvironmentOwner, EstateThing[]>;
  others: ReadonlyMap<string, string[]>;
}): EnvironmentEstate[] {
  const groups = new Map(proven.map((group) => [ownerKey(group.owner), group]));
  for (const [owner, things] of named) {
    groups.set(ownerKey(owner), { owner, things: [...(groups.get(ownerKey(owner))?.things ?? []), ...things] });
  }
  const byName = (one: EstateThing, other: EstateThing): number =>
    `${one.kind} ${one.name}` < `${other.kind} ${other.name}` ? -1 : 1;
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { owner, things }]) => ({
      owner,
      things: things.toSorted(byName),
      others: (others.get(key) ?? []).toSorted(),
    }));
}
