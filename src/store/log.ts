/** What the store says to operators; a pino logger is one. */
export interface StoreLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const silentLog: StoreLog = { warn: () => undefined, error: () => undefined };
