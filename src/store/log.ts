/** What the store says to operators; a pino logger is one. */
export interface StoreLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const silentLog: StoreLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
