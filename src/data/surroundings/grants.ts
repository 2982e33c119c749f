import { quoteAccount } from '../mysql/quote-account.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';

/** What the connected user may do, with the roles that are in force. */
export interface Grants {
  /** Quoted, as a GRANT names it. */
  readonly account: string;
  /** On all databases of the server. */
  mayEverywhere(privilege: string): boolean;
  /** On all that is in the database, now and later: not on some of its tables or columns. */
  mayAll(privilege: string, database: string): boolean;
  mayOnTable(privilege: string, table: { readonly database: string; readonly name: string }): boolean;
  /** Databases of which something is revoked that is granted everywhere (MySQL): they may be out of sight. */
  readonly revokedFrom: readonly string[];
  /** The database as a GRANT names it: `_` and `%` are wildcards there. */
  quoteDatabase(database: string): string;
}

interface Grant {
  readonly isRevoked: boolean;
  readonly privileges: ReadonlySet<string>;
  /** Undefined: all of them. So is the next. */
  readonly database: string | undefined;
  readonly table: string | undefined;
  readonly grantee: string;
}

interface Held {
  readonly grants: readonly Grant[];
  /** MySQL with `partial_revokes`: no character of a database's name is a wildcard. */
  readonly isLiteral: boolean;
}

const NAME = '\\*|`(?:[^`]|``)*`';
const GRANTEE = '`(?:[^`]|``)*`(?:@`(?:[^`]|``)*`)?|PUBLIC';
const LINE = new RegExp(`^(GRANT|REVOKE) (.+) ON (${NAME})\\.(${NAME}) (?:TO|FROM) (${GRANTEE})`, 's');

/**
 * Reads SHOW GRANTS. The statement names nobody: so both servers tell what roles give that are in force, and MariaDB what
 * is granted to PUBLIC.
 */
export async function readGrants(session: Session): Promise<Grants> {
  const [user] = await session.rows('SELECT CURRENT_USER() AS account');
  const [setting] = await session.rows("SHOW VARIABLES LIKE 'partial_revokes'");
  const lines = await session.rows('SHOW GRANTS');
  const held = {
    grants: lines.flatMap((line) => grantOf(String(Object.values(line)[0]))),
    isLiteral: setting?.['Value'] === 'ON',
  };
  const mayAll = (privilege: string, database: string) =>
    (mayEverywhere(privilege, held) && !isRevoked(privilege, database, held)) || mayWithin(privilege, database, held);
  return {
    account: quoteAccount(String(user?.['account'])),
    mayEverywhere: (privilege) => mayEverywhere(privilege, held),
    mayAll,
    mayOnTable: (privilege, { database, name }) =>
      mayAll(privilege, database) ||
      held.grants.some((grant) => grant.database === database && grant.table === name && gives(grant, privilege)),
    revokedFrom: held.grants.flatMap(({ isRevoked: is, database }) => (is && database !== undefined ? [database] : [])),
    quoteDatabase: (database) => quoteName(held.isLiteral ? database : database.replace(/[_%\\]/g, '\\$&')),
  };
}

/** What is granted on functions, of roles, or to a proxy says nothing of tables. */
function grantOf(line: string): Grant[] {
  const [, verb, privileges = '', database = '', table = '', grantee = ''] = LINE.exec(line) ?? [];
  return verb === undefined
    ? []
    : [
        {
          isRevoked: verb === 'REVOKE',
          // One with names behind it is of those columns only.
          privileges: new Set(privileges.split(/, (?![^(]*\))/).filter((privilege) => !privilege.includes('('))),
          database: unquoted(database),
          table: unquoted(table),
          grantee,
        },
      ];
}

function mayEverywhere(privilege: string, { grants }: Held): boolean {
  return grants.some((grant) => !grant.isRevoked && grant.database === undefined && gives(grant, privilege));
}

function isRevoked(privilege: string, database: string, { grants }: Held): boolean {
  return grants.some((grant) => grant.isRevoked && grant.database === database && gives(grant, privilege));
}

/**
 * Of one grantee's grants that match a database the server takes one: the exact name before a pattern, and of several
 * patterns one that is not foretold here. So all of them have to give it.
 */
function mayWithin(privilege: string, database: string, { grants, isLiteral }: Held): boolean {
  const matching = grants.filter(
    (grant) =>
      !grant.isRevoked &&
      grant.table === undefined &&
      grant.database !== undefined &&
      (isLiteral ? grant.database === database : matcher(grant.database).test(database)),
  );
  const exact = ({ database: pattern }: Grant) => isLiteral || !/(?<!\\)[_%]/.test(pattern ?? '');
  return [...Map.groupBy(matching, ({ grantee }) => grantee).values()].some((own) => {
    const named = own.filter(exact);
    return (named.length > 0 ? named : own).every((grant) => gives(grant, privilege));
  });
}

function gives({ privileges }: Grant, privilege: string): boolean {
  return privileges.has(privilege) || privileges.has('ALL PRIVILEGES');
}

function matcher(pattern: string): RegExp {
  const characters = [...pattern.matchAll(/\\(.)|([_%])|(.)/gsu)];
  const source = characters.map(([, escaped = '', wild, plain]) =>
    wild === undefined ? `\\u{${(plain ?? escaped).codePointAt(0)?.toString(16)}}` : { _: '.', '%': '.*' }[wild],
  );
  return new RegExp(`^${source.join('')}$`, 'su');
}

function unquoted(name: string): string | undefined {
  return name === '*' ? undefined : name.slice(1, -1).replaceAll('``', '`');
}
