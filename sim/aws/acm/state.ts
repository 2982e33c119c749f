/** Everything Acm holds in this account and Region. */
export interface AcmState {
  readonly placeholder?: never;
}

export function createAcmState(): AcmState {
  return {};
}
