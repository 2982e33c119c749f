/** Where Mayfly takes its time from. Given, never read from the system inside. */
export interface Clock {
  now(): Date;
  /** Real milliseconds that pass while `seconds` of this clock pass: a thousand a second, unless the clock is sped up. */
  wallMilliseconds(seconds: number): number;
}
