/** Everything Logs holds in this account and Region. */
export interface LogsState {
  readonly placeholder?: never;
}

export function createLogsState(): LogsState {
  return {};
}
