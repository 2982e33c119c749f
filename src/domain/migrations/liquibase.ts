import { normalPath } from './changelog-path.ts';
import type { ChangelogTool } from './tool.ts';

/** The file of the row that tagging an empty table makes. */
const OWN_FILE = 'liquibase-internal';

/**
 * Liquibase. A change set is known by its id, its author and the name of its file as it was given; a row is written once it
 * ran, or was marked so. They are run in the order of the changelog, whatever ran before.
 *
 * https://docs.liquibase.com/concepts/tracking-tables/databasechangelog-table.html (the table and its columns), and
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/changelog/RanChangeSet.java
 * (what is the same).
 */
export const liquibase: ChangelogTool = {
  title: 'Liquibase',
  knownBy: 'changelog',
  table: 'DATABASECHANGELOG',
  columns: ['ID', 'AUTHOR', 'FILENAME'],
  // As Liquibase reads them: several of one run may have the same second.
  orderBy: ['DATEEXECUTED', 'ORDEREXECUTED'],
  historyOf: (rows) => ({
    ids: [
      ...new Set(
        rows
          .filter(({ FILENAME: file }) => file !== OWN_FILE)
          .map(({ ID: id, AUTHOR: author, FILENAME: file }) => `${normalPath(String(file ?? ''))}::${id}::${author}`),
      ),
    ],
    floor: null,
  }),
  called: (id) => id,
};
