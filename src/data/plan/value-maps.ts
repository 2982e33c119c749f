import type { CompiledMask, MaskSql } from '../masks/mask-sql.ts';
import type { Column } from '../schema/model.ts';
import type { ValueMap } from './plan.ts';
import type { PlannedColumn } from './table-plan.ts';
import { nameOf, type Place, placeKey } from './tied-columns.ts';

/** The variable of a session that says which attempt of a mask is meant. */
export const ATTEMPT_VARIABLE = 'mayfly_attempt';

/** As many characters of four bytes as a key of InnoDB takes. */
export const LONGEST_KEY = 768;

export interface CompiledPlace {
  readonly place: Place;
  readonly mask: MaskSql;
}

/** Columns that foreign keys tie together, or one alone, each with its mask as SQL. */
export interface CompiledUnit {
  readonly root: CompiledPlace;
  readonly others: readonly CompiledPlace[];
  /** As many characters as its fakes may have. */
  readonly room: Column['maxLength'];
  /** Of its columns, one of which two values could become one where a key has to keep them apart. */
  readonly atRisk: Place | undefined;
}

/** The mask of a place as if its column had this length. */
type CompileAs = (place: Place, maxLength: Column['maxLength']) => CompiledMask;

interface Sharing {
  readonly firstNumber: number;
  /** By which texts of these units are compared, where their collations differ. */
  readonly comparedAs: string | undefined;
  readonly compileAs: CompileAs;
}

interface Shared {
  readonly columns: ReadonlyMap<string, PlannedColumn>;
  readonly maps: readonly ValueMap[];
  readonly problems: readonly string[];
}

/**
 * Maps for units of one mask and one domain. Units at risk that have the same fakes have one map together, of their values
 * alone. All others with these fakes look a value up in it, and mask what it does not know as if there were none: the map
 * itself gives that to a value that met no other. A unit too short for the same fakes has others, and a map of its own.
 */
export function shareMaps(units: readonly CompiledUnit[], { firstNumber, comparedAs, compileAs }: Sharing): Shared {
  const columns = new Map<string, PlannedColumn>();
  const maps: ValueMap[] = [];
  const problems: string[] = [];
  const plan = (unit: CompiledUnit, map: PlannedColumn['map']) =>
    membersOf(unit).forEach(({ place, mask }) =>
      columns.set(placeKey(place.table, place.covered.column.name), { mask, map }),
    );
  let open = units;
  for (let lead = riskyOf(open); lead; lead = riskyOf(open)) {
    const [first, fakes] = [lead, fakesOf(lead, lead.room, compileAs)];
    const alike = open.filter(
      (unit) => unit === first || (isAlike(unit, first) && fakesOf(first, unit.room, compileAs) === fakes),
    );
    const made = mapOf(
      alike.filter(({ atRisk }) => atRisk !== undefined),
      { name: `map_${firstNumber + maps.length}`, comparedAs },
    );
    problems.push(...made.problems);
    maps.push(...made.maps);
    made.maps.forEach(({ name }) =>
      alike.forEach((unit) => plan(unit, { name, comparedAs, hasAll: unit.atRisk !== undefined })),
    );
    open = open.filter((unit) => !alike.includes(unit));
  }
  open.forEach((unit) => plan(unit, undefined));
  return { columns, maps, problems };
}

function riskyOf(units: readonly CompiledUnit[]): CompiledUnit | undefined {
  return units.find(({ atRisk }) => atRisk !== undefined);
}

function membersOf({ root, others }: CompiledUnit): readonly CompiledPlace[] {
  return [root, ...others];
}

/** Of one type, texts of any length aside. A condition may mean another column in another table. */
function isAlike({ root: a }: CompiledUnit, { root: b }: CompiledUnit): boolean {
  const [one, other] = [a.place.covered.column, b.place.covered.column];
  const isAnyLength = one.kind === 'text' || one.kind === 'binary';
  return (
    a.place.covered.mask.kind !== 'cases' &&
    one.kind === other.kind &&
    (isAnyLength || one.columnType === other.columnType)
  );
}

/** What tells whether the same fakes are drawn in columns of so much room. */
function fakesOf({ root }: CompiledUnit, room: Column['maxLength'], compileAs: CompileAs): string | undefined {
  const mask = compileAs(root.place, room);
  return 'problem' in mask ? undefined : (mask.attemptSql?.(`@${ATTEMPT_VARIABLE}`) ?? mask.sql);
}

function mapOf(
  units: readonly CompiledUnit[],
  { name, comparedAs }: Pick<ValueMap, 'name' | 'comparedAs'>,
): { readonly maps: readonly ValueMap[]; readonly problems: readonly string[] } {
  const problems = [
    ...units.flatMap(mapProblem),
    ...differentlyCompared(units),
    ...(comparedAs === undefined ? [] : units.flatMap(tooLong)),
  ];
  const members = units.flatMap(membersOf);
  const root = members.toSorted(
    (a, b) => (b.place.covered.column.maxLength ?? 0) - (a.place.covered.column.maxLength ?? 0),
  )[0];
  if (problems.length > 0 || !root?.mask.attemptSql) {
    return { maps: [], problems };
  }
  const columnOf = ({ place: { table, covered } }: CompiledPlace) => ({ table, column: covered.column.name });
  const others = members.filter((member) => member !== root).map(columnOf);
  return {
    maps: [
      {
        name,
        root: columnOf(root),
        others,
        attemptSql: root.mask.attemptSql(`@${ATTEMPT_VARIABLE}`),
        comparedAs,
        mostValues: root.mask.mostValues,
      },
    ],
    problems: [],
  };
}

function mapProblem({ root: { place, mask }, atRisk }: CompiledUnit): string[] {
  const { name, columnType } = place.covered.column;
  const said = `${atRisk && nameOf(atRisk)} is part of a unique key, and ${place.covered.mask.kind} can give two of its values one`;
  if (!mask.attemptSql) {
    return [`${said}: use hash, digits or a fake that can be drawn again.`];
  }
  if (mask.reads.some((column) => column !== name)) {
    return [
      `${said}; it cannot be drawn again, because it looks at other columns of the row: use one mask for all rows.`,
    ];
  }
  return /text|blob|json/i.test(columnType)
    ? [`${said}: a ${columnType} cannot be kept apart by a map, use hash.`]
    : [];
}

function tooLong({ root: { place } }: CompiledUnit): string[] {
  return (place.covered.column.maxLength ?? 0) > LONGEST_KEY
    ? [
        `${nameOf(place)} is unique and longer than ${LONGEST_KEY} characters, and others of its domain compare differently. Give it a domain of its own.`,
      ]
    : [];
}

function differentlyCompared([first, ...rest]: readonly CompiledUnit[]): string[] {
  const named = ({ root: { place } }: CompiledUnit) => `${nameOf(place)} (${place.covered.column.collation})`;
  return rest
    .filter(({ root }) => root.place.covered.column.collation !== first?.root.place.covered.column.collation)
    .map(
      (unit) =>
        `${first && named(first)} and ${named(unit)} are unique and of one domain, and no map keeps apart the values of both, as they compare differently. Give one of them a domain of its own.`,
    );
}
