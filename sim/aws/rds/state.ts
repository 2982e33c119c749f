/** Everything Rds holds in this account and Region. */
export interface RdsState {
  readonly placeholder?: never;
}

export function createRdsState(): RdsState {
  return {};
}
