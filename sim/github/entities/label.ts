export interface Label {
  readonly id: number;
  readonly name: string;
  /** Six hexadecimal digits, without `#`. */
  readonly color: string;
  readonly description: string | undefined;
}
