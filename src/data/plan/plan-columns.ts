import type { CompiledMask, MaskPlace } from '../masks/mask-sql.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Table } from '../schema/model.ts';
import { keysAtRisk } from './distinct-columns.ts';
import { comparisonOf, roomOf } from './domain-comparison.ts';
import type { ValueMap } from './plan.ts';
import type { PlannedColumn } from './table-plan.ts';
import { type Place, placeKey, type TiedColumns } from './tied-columns.ts';
import { type CompiledPlace, type CompiledUnit, shareMaps } from './value-maps.ts';

export interface PlannedColumns {
  /** By `placeKey`: each column that a mask changes. */
  readonly columns: ReadonlyMap<string, PlannedColumn>;
  readonly maps: readonly ValueMap[];
  readonly problems: readonly string[];
}

type Compile = (place: MaskPlace) => CompiledMask;
type Owners = ReadonlyMap<string, Table>;

/** Each column that a mask changes, with its SQL, and the maps that some of them need. */
export function planColumns(
  tables: readonly CoveredTable[],
  { groups, compile }: { groups: readonly TiedColumns[]; compile: Compile },
): PlannedColumns {
  const columns = new Map<string, PlannedColumn>();
  const maps: ValueMap[] = [];
  const problems: string[] = [];
  const owners: Owners = new Map(tables.map(({ table }) => [table.name, table]));
  for (const units of agreeing([...groups, ...singles(tables, groups)])) {
    const comparison = comparisonOf(units, (place) => keysOf(place, owners).length > 0);
    if ('problem' in comparison) {
      problems.push(comparison.problem);
      continue;
    }
    const compileAs = (place: Place, maxLength: number | undefined) =>
      compile(maskPlace(place, { maxLength, owners, ...comparison }));
    const compiled = units.map((unit) => compiledUnit(unit, { compileAs, owners }));
    problems.push(...compiled.flatMap((unit) => ('problems' in unit ? unit.problems : [])));
    const shared = shareMaps(
      compiled.filter((unit): unit is CompiledUnit => !('problems' in unit)),
      { firstNumber: maps.length + 1, compileAs, ...comparison },
    );
    shared.columns.forEach((planned, key) => columns.set(key, planned));
    maps.push(...shared.maps);
    problems.push(...shared.problems);
  }
  return { columns, maps, problems };
}

/** Those that a mask changes, by what makes equal values equal: one mask in one domain. */
function agreeing(units: readonly TiedColumns[]): Iterable<readonly TiedColumns[]> {
  const masked = units.filter(({ root: { covered }, others }) =>
    covered.mask.kind === 'shuffle' ? others.length > 0 : covered.mask.kind !== 'keep',
  );
  return Map.groupBy(masked, ({ root: { covered } }) => JSON.stringify([covered.domain, covered.mask])).values();
}

/** Columns that no foreign key ties. */
function singles(tables: readonly CoveredTable[], groups: readonly TiedColumns[]): TiedColumns[] {
  const keyOf = ({ table, covered }: Place) => placeKey(table, covered.column.name);
  const tied = new Set(groups.flatMap(({ root, others }) => [root, ...others].map(keyOf)));
  return tables
    .flatMap(({ table, columns }) => columns.map((covered): Place => ({ table: table.name, covered })))
    .filter((place) => !tied.has(keyOf(place)))
    .map((root) => ({ root, others: [] }));
}

function maskPlace(
  { table, covered: { column, mask, domain } }: Place,
  { maxLength, owners, comparedAs }: { maxLength: number | undefined; owners: Owners; comparedAs: string | undefined },
): MaskPlace {
  const columnsOfTable = owners.get(table)?.columns ?? [];
  return { table, column: { ...column, maxLength }, mask, domain, columnsOfTable, comparedAs };
}

function compiledUnit(
  unit: TiedColumns,
  { compileAs, owners }: { compileAs: (place: Place, maxLength: number | undefined) => CompiledMask; owners: Owners },
): CompiledUnit | { readonly problems: readonly string[] } {
  const masks = [unit.root, ...unit.others].map((place) => ({
    place,
    mask: compileAs(place, roomOf(unit, place.covered)),
  }));
  const members = masks.filter((member): member is CompiledPlace => !('problem' in member.mask));
  const [root, ...others] = members;
  if (!root || members.length < masks.length) {
    return { problems: masks.flatMap(({ mask }) => ('problem' in mask ? [mask.problem] : [])) };
  }
  const atRisk = members.find((member) => isAtRisk(member, owners))?.place;
  return { root, others, room: roomOf(unit, unit.root.covered), atRisk };
}

function isAtRisk({ place, mask }: CompiledPlace, owners: Owners): boolean {
  const keys = mask.isInjective ? [] : keysOf(place, owners);
  // Any number of NULLs is unique, but for the primary key.
  return place.covered.mask.kind === 'null'
    ? keys.includes(owners.get(place.table)?.primaryKey ?? [])
    : keys.length > 0;
}

function keysOf({ table, covered }: Place, owners: Owners): readonly (readonly string[])[] {
  const owner = owners.get(table);
  return owner ? keysAtRisk(owner, covered.column.name) : [];
}
