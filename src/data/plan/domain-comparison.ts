import type { Mask } from '../rules/rule-set.ts';
import { holdingAll, isBinary, isPadded } from '../schema/collation.ts';
import type { Column } from '../schema/model.ts';
import { nameOf, type Place, type TiedColumns } from './tied-columns.ts';

/** Every server has it, it knows all of Unicode, and takes neither case nor accents for a difference. */
const COMMON = 'utf8mb4_unicode_520_ci';
/** Masks to which it matters which texts are compared as equal; `digits` goes by the characters. */
const COMPARING: ReadonlySet<Mask['kind']> = new Set(['fake', 'hash', 'text', 'cases', 'json', 'xml']);

export interface Comparison {
  /** As `MaskPlace.comparedAs`; undefined where all columns have one collation. */
  readonly comparedAs: string | undefined;
}

/**
 * By what all texts of columns that agree are compared, where their collations differ.
 *
 * A foreign key holds only if what its columns take for equal comes out equal, and a unique key only if what its column
 * takes for different may come out different. So the collation of columns that are tied or unique decides, where they have
 * one, and it holds the texts of all. Unique columns are all content with bytes, too: what differs for any of them differs
 * in those. Of tied columns only those are that compare bytes themselves; any other cannot be had with a second collation
 * beside it.
 */
export function comparisonOf(
  units: readonly TiedColumns[],
  isUnique: (place: Place) => boolean,
): Comparison | { readonly problem: string } {
  const texts = textsOf(units, isUnique);
  const all = [...new Set(texts.map(({ collation }) => collation))];
  if (all.length <= 1) {
    return { comparedAs: undefined };
  }
  const keyed = texts.filter((text) => text.isTied || text.isUnique);
  const [one = COMMON, ...more] = new Set(keyed.map(({ collation }) => collation));
  const held = isBinary(one) || more.length > 0 ? undefined : holdingAll(one, all);
  if (held !== undefined) {
    return { comparedAs: held };
  }
  const bytes = keyed.every(({ collation }) => isPadded(collation)) ? 'utf8mb4_bin' : 'binary';
  const isContent = (collation: string) => isBinary(collation) && isPadded(collation) === isPadded(bytes);
  const tied = keyed.find(({ isTied, collation }) => isTied && !isContent(collation));
  const other = [...keyed, ...texts].find(({ collation }) => collation !== tied?.collation);
  return tied && other ? { problem: torn(tied.place, other.place) } : { comparedAs: bytes };
}

interface Text {
  readonly place: Place;
  readonly collation: string;
  readonly isTied: boolean;
  readonly isUnique: boolean;
}

function textsOf(units: readonly TiedColumns[], isUnique: (place: Place) => boolean): readonly Text[] {
  return units
    .filter(({ root }) => root.covered.column.kind === 'text' && COMPARING.has(root.covered.mask.kind))
    .flatMap(({ root, others }) =>
      [root, ...others].map((place) => ({
        place,
        collation: collationOf(place),
        isTied: others.length > 0,
        isUnique: isUnique(place),
      })),
    );
}

function torn(tied: Place, other: Place): string {
  const named = (place: Place) => `${nameOf(place)} (${collationOf(place)})`;
  return (
    `${named(tied)} is tied by a foreign key and has ${named(other)} in its domain: what one takes for equal the other keeps ` +
    `apart or cannot hold, so equal values cannot come out equal in both. Give one of them a domain of its own.`
  );
}

function collationOf({ covered: { column } }: Place): string {
  return column.collation ?? 'utf8mb4_bin';
}

/**
 * How many characters a mask may give to every one of the columns: the shortest's, as what is cut in one has to be cut in
 * all. `digits` and `text` cut nothing: what they give is as long as what was there.
 */
export function roomOf({ root, others }: TiedColumns, { column, mask }: Place['covered']): Column['maxLength'] {
  if (mask.kind !== 'fake' && mask.kind !== 'hash') {
    return column.maxLength;
  }
  const lengths = [root, ...others].map((place) => place.covered.column.maxLength ?? Number.POSITIVE_INFINITY);
  const least = Math.min(...lengths);
  return Number.isFinite(least) ? least : undefined;
}
