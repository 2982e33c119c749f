/** Everything Ssm holds in this account and Region. */
export interface SsmState {
  readonly placeholder?: never;
}

export function createSsmState(): SsmState {
  return {};
}
