/** Everything SecretsManager holds in this account and Region. */
export interface SecretsManagerState {
  readonly placeholder?: never;
}

export function createSecretsManagerState(): SecretsManagerState {
  return {};
}
