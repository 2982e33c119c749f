/** What Liquibase calls the database that is cloned. */
const OURS = 'mysql';

/**
 * Whether a change set for these databases is run: a list with commas; `!` takes one out, `all` is all, `none` is none.
 *
 * https://docs.liquibase.com/concepts/changelogs/attributes/dbms.html, and
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/database/DatabaseList.java.
 */
export function isForOurDatabase(dbms: string | null): boolean {
  const names = (dbms ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0 || names.includes('all')) {
    return true;
  }
  if (names.includes('none') || names.includes(`!${OURS}`)) {
    return false;
  }
  const wanted = names.filter((name) => !name.startsWith('!'));
  return wanted.length === 0 || wanted.includes(OURS);
}
