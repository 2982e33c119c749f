import type { Anonymiser } from './anonymiser.ts';
import type { DatabaseAddress } from './database-address.ts';
import type { SourceDesk } from './source-desk.ts';

/** All that a command has of the world. */
export interface CommandContext {
  /** What stands behind the name of the command. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  /** One line of what people read. */
  readonly tell: (line: string) => void;
  readonly now: () => Date;
  /** Aborted with an `Interruption` when somebody wants the command to stop. */
  readonly signal: AbortSignal;
  /** Ends early, without an error, once `signal` is aborted. */
  readonly pause: (seconds: number) => Promise<void>;
  /** Of the process's user; undefined where the system has none. */
  readonly userName: () => string | undefined;
  /** Connects to nothing yet. */
  readonly openAnonymiser: (address: DatabaseAddress) => Promise<Anonymiser>;
  /** Connects to the database that the variables name. */
  readonly openSourceDesk: (variables: CommandContext['variables']) => Promise<SourceDesk>;
}

/** Ends with the exit code; throws what went wrong. */
export type Command = (context: CommandContext) => Promise<number>;
