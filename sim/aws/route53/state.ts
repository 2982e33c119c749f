/** Everything Route53 holds in this account and Region. */
export interface Route53State {
  readonly placeholder?: never;
}

export function createRoute53State(): Route53State {
  return {};
}
