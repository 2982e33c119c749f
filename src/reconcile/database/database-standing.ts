import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { SpecOf } from '../../domain/resource.ts';
import type { ResourceRecord } from '../store.ts';
import type { CloneFigures, CloneLook, CloneSight } from './clone-look.ts';
import type { ConnectedUser, DatabaseLook } from './database-look.ts';
import type { SourceSight } from './source-sight.ts';

/** Where an environment's database stands, for people. */
export interface DatabaseStanding {
  readonly source: SourceSight;
  /** Of its cluster. */
  readonly name: string;
  /** Undefined where RDS knows no such cluster. */
  readonly sight: CloneSight | undefined;
  readonly figures: CloneFigures;
  /** `asleep`: asking would wake it. `unreachable`: it could not be asked. */
  readonly connected: readonly ConnectedUser[] | 'asleep' | 'unreachable';
  /** Clones that it had before, and has still. */
  readonly before: readonly string[];
}

export interface StandingPorts {
  readonly clones: CloneLook;
  readonly databases: Pick<DatabaseLook, 'connections'>;
  sourceOf(identifier: string): Promise<SourceSight>;
}

/** Looks at the newest clone of an environment with these rows; undefined when no clone was ever asked for. */
export async function databaseStanding(
  rows: readonly ResourceRecord[],
  ports: StandingPorts,
): Promise<DatabaseStanding | undefined> {
  const there = rows
    .filter(({ kind, state }) => kind === 'clone-cluster' && state !== 'gone')
    .toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime());
  const [row, ...before] = there;
  if (!row) {
    return undefined;
  }
  const { sourceIdentifier = '' } = (row.spec ?? {}) as Partial<SpecOf<'clone-cluster'>>;
  const [source, sight, figures] = await Promise.all([
    ports.sourceOf(sourceIdentifier),
    ports.clones.see(row.name),
    ports.clones.measure(row.name),
  ]);
  const connected = await whoIsConnected({ sight, figures, secret: secretOf(row.name, rows) }, ports);
  return { source, name: row.name, sight, figures, connected, before: before.map(({ name }) => name) };
}

/** The secret that holds the master password of a cluster, once it has taken it. */
function secretOf(cluster: string, rows: readonly ResourceRecord[]): string | undefined {
  const row = rows.find(
    ({ kind, state, spec }) =>
      kind === 'database-credentials' &&
      state === 'ready' &&
      (spec as Partial<SpecOf<'database-credentials'>> | null)?.clusterIdentifier === cluster,
  );
  return row?.name;
}

interface Reached {
  readonly sight: CloneSight | undefined;
  readonly figures: CloneFigures;
  /** The name of the secret. */
  readonly secret: string | undefined;
}

/** It may be that Mayfly has no way to the database, and then nothing is wrong with the environment. */
async function whoIsConnected(
  { sight, figures, secret }: Reached,
  { clones, databases }: StandingPorts,
): Promise<DatabaseStanding['connected']> {
  if (sight?.limits?.min === 0 && figures.capacity === 0) {
    return 'asleep';
  }
  try {
    const credentials = secret === undefined ? undefined : await clones.credentials(secret);
    const place = placeOf(sight);
    return place && credentials ? await databases.connections({ ...place, ...credentials }) : 'unreachable';
  } catch (error) {
    if (error instanceof TransientError || error instanceof TerminalError) {
      return 'unreachable';
    }
    throw error;
  }
}

function placeOf(sight: CloneSight | undefined): { host: string; port: number } | undefined {
  return sight?.endpoint ? { host: sight.endpoint, port: sight.port ?? 3306 } : undefined;
}
