/** Everything Elbv2 holds in this account and Region. */
export interface Elbv2State {
  readonly placeholder?: never;
}

export function createElbv2State(): Elbv2State {
  return {};
}
