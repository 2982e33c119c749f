import type { UseSample } from './cost-memory.ts';

/** How clones were used, as the cloud measured it. */
export interface DatabaseUse {
  /**
   * By the cluster's identifier, a sample for each whole hour in which its capacity was measured, oldest first. `since` and
   * `until` are whole hours. A cluster that nothing is known of is left out. Throws `TransientError` and `TerminalError`.
   */
  read(
    clusters: readonly string[],
    hours: { readonly since: Date; readonly until: Date },
  ): Promise<ReadonlyMap<string, readonly UseSample[]>>;
}
