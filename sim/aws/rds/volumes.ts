/**
 * Keeps the data that clusters and snapshots hold. The simulator tells what happens to them and waits; without such a
 * thing clusters have no data. Ids are the simulator's own, and no two volumes ever have the same. What is asked of one
 * volume is done in the order in which it is asked.
 */
export interface Volumes {
  /** Makes a volume: empty, or with what `from` holds at this moment. Resolves when it is whole. */
  make(id: string, from: string | undefined): Promise<void>;
  /** Who may log in from now on, and with what; nobody else may. */
  setMaster(id: string, master: { readonly user: string; readonly password: string }): Promise<void>;
  /** May be called for one that is not there. */
  remove(id: string): Promise<void>;
}
