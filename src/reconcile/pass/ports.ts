import type { BudgetReader } from '../admission/budget-reader.ts';
import type { Clock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import type { CloneSchemas } from '../database/clone-schemas.ts';
import type { Forge } from '../forge.ts';
import type { ChangelogReader } from '../migrations/changelog-reader.ts';
import type { Planner } from '../plan/planner.ts';
import type { Provisioners } from '../provisioner.ts';
import type { Reporter } from '../reporter.ts';
import type { Roster } from '../roster.ts';
import type { SourceChoice } from '../source/choose-source.ts';
import type { Store } from '../store.ts';
import type { Workflows } from '../workflows.ts';

export interface PassPorts {
  readonly store: Store;
  readonly forge: Forge;
  /** Missing where no changelog is read: then nothing is compared with one. */
  readonly changelogs?: ChangelogReader | undefined;
  readonly roster: Pick<Roster, 'mayLabel'>;
  readonly workflows: Workflows;
  readonly provisioners: Provisioners;
  readonly planner: Planner;
  readonly budgets: BudgetReader;
  /** Without it every database is a clone of what the platform names. */
  readonly sources?: SourceChoice;
  /** Missing where no clone is looked into: then nothing is compared. */
  readonly schemas?: CloneSchemas | undefined;
  readonly reporter: Reporter;
  /** Missing where nothing is known of prices. */
  readonly meter?: Meter | undefined;
  readonly clock: Clock;
  /** Told of errors that no adapter classified: a fault of ours, for the log. */
  onUnexpected(where: string, error: unknown): void;
}

export interface PassSettings {
  readonly label: string;
  /** The app's own login, `mayfly[bot]`. */
  readonly ownLogin: string;
  readonly blueprintPath: string;
  /** Environments that may exist at once. */
  readonly limit: number;
  /** What an environment is given when it is asked for, and the furthest it may be extended to, unless its blueprint is stricter. */
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
}
