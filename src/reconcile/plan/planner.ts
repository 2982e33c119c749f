import type { MigrationsPlace } from '../migrations/migrations-place.ts';
import type { BuiltService } from '../resolve.ts';
import type { BlueprintTerms, EnvironmentRecord, Resolution } from '../store.ts';
import type { BlueprintTexts } from './blueprint-of.ts';
import type { Plan } from './plan.ts';
import type { PlannedSource } from './planned-source.ts';

/** What a commit's blueprint amounts to on this platform, or why it amounts to nothing. */
export type Planning =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly reason: string; readonly problems: readonly string[] };

/** What a plan depends on beside the commit. */
export interface PlanKnowledge {
  /** Without one it is the one that the platform names. */
  readonly source?: PlannedSource | undefined;
  /** The automatic maximum of the clone, where there is one. */
  readonly automaticMax?: number | undefined;
}

export interface Planner {
  /** Pure: the same record, resolution and knowledge give the same plan. */
  plan(record: EnvironmentRecord, resolution: Resolution, known?: PlanKnowledge): Planning;
  /** Services whose paths the changed paths do not touch; none when the blueprint cannot be read. */
  untouched(texts: BlueprintTexts, changedPaths: readonly string[]): readonly BuiltService[];
  /** Where migrations are; undefined where the blueprint says of none, or cannot be read. */
  migrations(texts: BlueprintTexts): MigrationsPlace | undefined;
  /** Undefined when the blueprint cannot be read. */
  terms(texts: BlueprintTexts): BlueprintTerms | undefined;
}
