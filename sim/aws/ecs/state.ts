/** Everything Ecs holds in this account and Region. */
export interface EcsState {
  readonly placeholder?: never;
}

export function createEcsState(): EcsState {
  return {};
}
