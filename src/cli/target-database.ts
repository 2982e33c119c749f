import type { CommandContext } from './command.ts';
import { type DatabaseAddress, parseDatabaseAddress } from './database-address.ts';
import type { Options } from './options.ts';

export const DATABASE_OPTIONS = { database: 'string', socket: 'string', ca: 'string' } as const;

/** The database that the options name, with the password of the environment, and what is wrong with that. */
export function targetDatabase(
  options: Options,
  { variables }: Pick<CommandContext, 'variables'>,
): { readonly address: DatabaseAddress | undefined; readonly problems: readonly string[] } {
  const text = options.text('database');
  if (text === undefined) {
    return { address: undefined, problems: ['--database is missing: mysql://user@host:3306/name'] };
  }
  const parsed = parseDatabaseAddress(text);
  if (!parsed.ok) {
    return { address: undefined, problems: parsed.problems };
  }
  const password = variables['MAYFLY_DATABASE_PASSWORD'] || undefined;
  return {
    address: { ...parsed.address, socket: options.text('socket'), caFile: options.text('ca'), password },
    problems: [],
  };
}
