import type { Platform } from '../../config/platform.ts';
import { TerminalError } from '../../domain/failure.ts';
import type { SpecOf } from '../../domain/resource.ts';
import { type SourceVersion, sourceDay } from '../../domain/source.ts';
import { proofProblem } from '../../domain/source-proof.ts';
import { cloneKeys } from '../plan/clone-keys.ts';
import { namedSource, type PlannedSource } from '../plan/planned-source.ts';
import type { ResourceRecord } from '../store.ts';
import type { SourceStore } from './source-store.ts';

export interface ChosenSource {
  readonly planned: PlannedSource;
  /** Why nothing may be cloned of it. Undefined where it may, and where the clone was asked for already. */
  readonly problem: TerminalError | undefined;
}

export interface SourceChoice {
  /**
   * The source of an environment's clone, of which `clone` is the key, with these rows: the first unless given. One whose clone was asked for keeps the source that it was asked of,
   * whatever was put in service since: nothing that runs is cloned anew because of that.
   */
  choose(rows: readonly ResourceRecord[], clone?: string): Promise<ChosenSource>;
}

/** Where the platform has a key for passports, a source without one that is genuine and good is refused. */
export function createSourceChoice({
  sources,
  platform,
}: {
  sources: Pick<SourceStore, 'inService' | 'version'>;
  platform: Platform;
}): SourceChoice {
  const { passportPublicKey: publicKey, refresh } = platform.database;
  const named = namedSource(platform);

  function planned(version: SourceVersion, problem: string | undefined): PlannedSource {
    return {
      identifier: version.id,
      version: sourceDay(version),
      passport: publicKey === undefined ? null : problem === undefined,
    };
  }

  async function kept(identifier: string): Promise<PlannedSource> {
    const version = await sources.version(identifier);
    if (version) {
      return planned(version, problemOf(version.id, version));
    }
    return identifier === named.identifier ? named : { identifier, version: identifier, passport: null };
  }

  function problemOf(identifier: string, version: SourceVersion | undefined): string | undefined {
    return publicKey === undefined ? undefined : proofProblem(identifier, version?.passport ?? null, publicKey);
  }

  return {
    async choose(rows, clone = cloneKeys(0).cluster) {
      const asked = sourceAsked(rows, clone);
      if (asked !== undefined) {
        return { planned: await kept(asked), problem: undefined };
      }
      // Who makes sources no longer names one.
      const current = refresh || publicKey !== undefined ? await sources.inService() : undefined;
      const identifier = current?.id ?? named.identifier;
      const problem = problemOf(identifier, current);
      return {
        planned: current ? planned(current, problem) : named,
        problem: problem === undefined ? undefined : unproven(identifier, problem),
      };
    },
  };
}

/** The source that a clone was asked of, as the ledger says. */
function sourceAsked(rows: readonly ResourceRecord[], clone: string): string | undefined {
  const row = rows.find(({ key, state }) => key === clone && state !== 'gone');
  return (row?.spec as Partial<SpecOf<'clone-cluster'>> | null | undefined)?.sourceIdentifier;
}

function unproven(identifier: string, problem: string): TerminalError {
  return new TerminalError(
    'SourceUnproven',
    `The source ${identifier} ${problem}, so nothing is cloned of it. Whoever operates Mayfly has to put a proven one in service: \`mayfly source refresh\`, or \`mayfly source rollback\`.`,
    { actor: 'operator' },
  );
}
