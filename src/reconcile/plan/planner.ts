import type { BuiltService } from '../resolve.ts';
import type { BlueprintTerms, EnvironmentRecord, Resolution } from '../store.ts';
import type { BlueprintTexts } from './blueprint-of.ts';
import type { Plan } from './plan.ts';

/** What a commit's blueprint amounts to on this platform, or why it amounts to nothing. */
export type Planning =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly reason: string; readonly problems: readonly string[] };

export interface Planner {
  /** Pure: the same record, resolution and automatic maximum of the clone, where there is one, give the same plan. */
  plan(record: EnvironmentRecord, resolution: Resolution, automaticMax?: number): Planning;
  /** Services whose paths the changed paths do not touch; none when the blueprint cannot be read. */
  untouched(texts: BlueprintTexts, changedPaths: readonly string[]): readonly BuiltService[];
  /** Undefined when the blueprint cannot be read. */
  terms(texts: BlueprintTexts): BlueprintTerms | undefined;
}
