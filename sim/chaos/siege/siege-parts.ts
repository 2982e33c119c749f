import type { PostgresServer } from '../../postgres/embedded-postgres.ts';
import type { Play } from '../histories/performance.ts';
import type { Census } from './census.ts';
import type { Chronicle } from './chronicle.ts';
import type { Keeper } from './keeper.ts';
import type { Mortal } from './schedule.ts';
import type { SiegeCloud } from './siege-cloud.ts';

export interface SiegeOptions {
  /** Real seconds for which anybody dies at any time. */
  readonly seconds: number;
  readonly seed: number;
  readonly postgres: PostgresServer;
  /** Told a line at a time. */
  readonly log: (line: string) => void;
  /** Ends it as soon as may be, with what was untrue until then. */
  readonly signal: AbortSignal;
}

/** One siege on its way. */
export interface Siege {
  readonly options: SiegeOptions;
  readonly cloud: SiegeCloud;
  readonly play: Play;
  readonly census: Census;
  readonly chronicle: Chronicle;
  readonly keepers: Readonly<Record<Mortal, Keeper>>;
  readonly actions: Record<string, number>;
}
