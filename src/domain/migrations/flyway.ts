import type { FileNameTool, History, HistoryRow } from './tool.ts';

/**
 * Flyway. A versioned migration is `V001.002__NewTwitterColumn.sql`: numbers with dots or underscores between them, sorted as
 * numbers. A repeatable one (`R__`), which has no version, and one that undoes another (`U`) are not compared. The history
 * says of each row whether it succeeded; a row of type `DELETE` takes one back that `repair` marked so, one of type `UNDO…` one
 * that was undone, and of what is not newer than a baseline nothing is run.
 *
 * https://documentation.red-gate.com/fd/versioned-migrations-273973333.html,
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html (the table, its name and the states), and
 * https://guides.dataverse.org/en/latest/schemaspy/tables/flyway_schema_history.html (its columns). That an older version is not
 * run unless `outOfOrder` is set: https://www.baeldung.com/flyway-migrations.
 */
export const flyway: FileNameTool = {
  title: 'Flyway',
  knownBy: 'file names',
  table: 'flyway_schema_history',
  columns: ['version', 'type', 'success'],
  orderBy: ['installed_rank'],
  idOf(fileName) {
    const version = /^V(\d+(?:[._]\d+)*)__.*\.(?:sql|java|kt)$/.exec(fileName)?.[1];
    return version === undefined ? undefined : versionOf(version);
  },
  historyOf,
  compare,
  called: (id) => `V${id}`,
  runsLateWith: 'outOfOrder',
};

function historyOf(rows: readonly HistoryRow[]): History {
  const ids = new Set<string>();
  let floor: string | null = null;
  for (const { version, type, success } of rows) {
    if (typeof version !== 'string' || !/^\d+([._]\d+)*$/.test(version) || Number(success) !== 1) {
      continue;
    }
    const id = versionOf(version);
    const kind = String(type).toUpperCase();
    if (kind === 'DELETE' || kind.startsWith('UNDO')) {
      ids.delete(id);
    } else {
      ids.add(id);
    }
    floor = kind.includes('BASELINE') && (floor === null || compare(floor, id) < 0) ? id : floor;
  }
  return { ids: [...ids], floor };
}

/** `1`, `1.0` and `001` are one version. */
function versionOf(text: string): string {
  const parts = text.split(/[._]/).map((part) => part.replace(/^0+(?=\d)/, ''));
  return parts.join('.').replace(/(\.0)+$/, '');
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(BigInt)) as [bigint[], bigint[]];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, other] = [left[index] ?? 0n, right[index] ?? 0n];
    if (one !== other) {
      return one < other ? -1 : 1;
    }
  }
  return 0;
}
