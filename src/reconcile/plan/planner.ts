import type { BuiltService } from '../resolve.ts';
import type { BlueprintTerms, EnvironmentRecord, Resolution } from '../store.ts';
import type { BlueprintTexts } from './blueprint-of.ts';
import type { Plan } from './plan.ts';
import type { PlannedSource } from './planned-source.ts';

/** What a commit's blueprint amounts to on this platform, or why it amounts to nothing. */
export type Planning =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly reason: string; readonly problems: readonly string[] };

export interface Planner {
  /** Pure: the same record, resolution and source give the same plan. Without a source it is the one that the platform names. */
  plan(record: EnvironmentRecord, resolution: Resolution, source?: PlannedSource): Planning;
  /** Services whose paths the changed paths do not touch; none when the blueprint cannot be read. */
  untouched(texts: BlueprintTexts, changedPaths: readonly string[]): readonly BuiltService[];
  /** Undefined when the blueprint cannot be read. */
  terms(texts: BlueprintTexts): BlueprintTerms | undefined;
}
