import type { Scene } from '../histories/stage.ts';
import { environmentsIn, standingIn } from '../truth/standing.ts';

/** Counts environments as they begin and cease to hold anything. */
export interface Census {
  readonly made: number;
  readonly removed: number;
  look(): void;
}

export function takeCensus({ cloud }: Pick<Scene, 'cloud'>): Census {
  let standing: ReadonlySet<string> = new Set();
  let made = 0;
  let removed = 0;
  return {
    get made() {
      return made;
    },
    get removed() {
      return removed;
    },
    look() {
      const now = environmentsIn(standingIn(cloud.aws.world));
      made += countNew(now, standing);
      removed += countNew(standing, now);
      standing = now;
    },
  };
}

function countNew(names: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return [...names].filter((name) => !known.has(name)).length;
}
