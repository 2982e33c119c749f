import type { ChangeSet } from './change-sets.ts';
import type { History } from './tool.ts';
import { relationOf, type Verdict } from './verdict.ts';

/** Files that are all called alike would be compared each with each. */
const MOST_NAMESAKES = 50;

/**
 * Compares a changelog with what its table lists, both in their order. Liquibase runs whatever is missing, so nothing is
 * late. What ran before the oldest that the changelog still has is no difference: teams clear old change sets away.
 *
 * Names may differ by what stands before them: which folder they are counted from is said on the command line of whoever
 * runs Liquibase. One such difference counts, the one that most of them have. Undefined where not a single one is known:
 * then the two are no pair, and each would be both missing and new.
 */
export function changeSetVerdict(changeSets: readonly ChangeSet[], { ids }: History): Verdict | undefined {
  const rows = new Set(ids.map((id) => id.toLowerCase()));
  const shift = shiftOf(changeSets, rows);
  const rowOf = (changeSet: ChangeSet): string | undefined =>
    namesOf(changeSet)
      .flatMap((name) => [name, shifted(name, shift)])
      .find((name) => rows.has(name));
  const found = changeSets.map((changeSet) => ({ changeSet, row: rowOf(changeSet) }));
  const known = new Set(found.flatMap(({ row }) => row ?? []));
  if (known.size === 0 && ids.length > 0) {
    return undefined;
  }
  const ahead = found.filter(({ changeSet, row }) => row === undefined && !changeSet.idle);
  const oldest = ids.findIndex((id) => known.has(id.toLowerCase()));
  const behind = ids.filter((id, index) => index > oldest && !known.has(id.toLowerCase()));
  return {
    relation: relationOf(ahead.length > 0, behind.length > 0),
    ahead: ahead.map(({ changeSet }) => changeSet.id),
    behind,
    late: [],
  };
}

/** What stands before the names of one side: `more` where it is the table's. */
interface Shift {
  readonly prefix: string;
  readonly more: boolean;
}

/** Undefined where more are known by the very same name. */
function shiftOf(changeSets: readonly ChangeSet[], rows: ReadonlySet<string>): Shift | undefined {
  const namesakes = Map.groupBy(rows, lastPart);
  const votes = new Map<string, { shift: Shift; count: number }>();
  let same = 0;
  for (const name of changeSets.flatMap(namesOf)) {
    if (rows.has(name)) {
      same += 1;
      continue;
    }
    for (const row of (namesakes.get(lastPart(name)) ?? []).slice(0, MOST_NAMESAKES)) {
      const shift = shiftBetween(name, row);
      if (shift) {
        const key = JSON.stringify(shift);
        votes.set(key, { shift, count: (votes.get(key)?.count ?? 0) + 1 });
      }
    }
  }
  const [first] = [...votes.values()].toSorted((a, b) => b.count - a.count);
  return first && first.count >= same ? first.shift : undefined;
}

function shiftBetween(name: string, row: string): Shift | undefined {
  const [long, short] = row.length > name.length ? [row, name] : [name, row];
  const prefix = long.slice(0, long.length - short.length);
  return prefix.endsWith('/') && long.endsWith(short) ? { prefix, more: long === row } : undefined;
}

function shifted(name: string, shift: Shift | undefined): string {
  if (!shift) {
    return name;
  }
  const { prefix, more } = shift;
  if (more) {
    return prefix + name;
  }
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Liquibase compares paths, ids and authors without regard to case. */
function namesOf({ id, otherId }: ChangeSet): string[] {
  return [id, ...(otherId === undefined ? [] : [otherId])].map((name) => name.toLowerCase());
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
