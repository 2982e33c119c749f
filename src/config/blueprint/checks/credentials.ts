import type { Finding } from '../../document/finding.ts';
import type { Blueprint } from '../blueprint.ts';

/** A user of the environment's own is one of a schema, and of nothing else. */
export function credentialFindings({ database }: Blueprint): Finding[] {
  if (database?.credentials !== 'user') {
    return [];
  }
  const { name } = database;
  if (name === null) {
    return [{ field: ['database', 'credentials'], message: NAMELESS, found: 'user', allowed: null }];
  }
  return grantedLength(name) > LONGEST_GRANTED
    ? [{ field: ['database', 'name'], message: TOO_LONG, found: name, allowed: null }]
    : [];
}

const NAMELESS = 'a user of its own is given one schema: name it in `database.name`';
const TOO_LONG = 'too long for a user of its own: MySQL keeps what it grants in 64 characters, and each `_` takes two';
/** The column `Db` of the table `mysql.db` (MySQL Reference Manual, Grant Tables). */
const LONGEST_GRANTED = 64;

/** An underscore that is to be one, and not any character, is written with a backslash. */
function grantedLength(schema: string): number {
  return schema.replaceAll('_', '\\_').length;
}
