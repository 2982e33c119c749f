/** Everything Ec2 holds in this account and Region. */
export interface Ec2State {
  readonly placeholder?: never;
}

export function createEc2State(): Ec2State {
  return {};
}
