import type { Platform } from '../../config/platform.ts';
import { sourceDay } from '../../domain/source.ts';
import { proofProblem } from '../../domain/source-proof.ts';
import type { SourceStore } from '../source/source-store.ts';

/** What a clone was made of, as it stands now. */
export interface SourceSight {
  readonly identifier: string;
  /** The day whose data it holds; null where nobody knows. */
  readonly day: string | null;
  /** `unasked`: the platform has no key for passports. */
  readonly passport: 'good' | 'bad' | 'unasked';
  /** Why it is not good, as the rest of a sentence that begins with the source. */
  readonly problem: string | null;
}

export async function seeSource(
  identifier: string,
  { sources, platform }: { sources: Pick<SourceStore, 'version'>; platform: Pick<Platform, 'database'> },
): Promise<SourceSight> {
  const { passportPublicKey: publicKey, sourceIdentifier, sourceVersion } = platform.database;
  const version = await sources.version(identifier);
  const named = identifier === sourceIdentifier ? (sourceVersion ?? null) : null;
  const day = version ? sourceDay(version) : named;
  if (publicKey === undefined) {
    return { identifier, day, passport: 'unasked', problem: null };
  }
  const problem = proofProblem(identifier, version?.passport ?? null, publicKey);
  return { identifier, day, passport: problem === undefined ? 'good' : 'bad', problem: problem ?? null };
}
