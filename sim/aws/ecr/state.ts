/** Everything Ecr holds in this account and Region. */
export interface EcrState {
  readonly placeholder?: never;
}

export function createEcrState(): EcrState {
  return {};
}
