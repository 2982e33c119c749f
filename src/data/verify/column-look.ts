import { DETECTORS, detect, detectInNumber } from '../detect/detect.ts';
import { type Detector, type IsSafe, SHORTEST } from '../detect/detector.ts';
import { nhsNumber } from '../detect/identity-numbers.ts';
import { isBarePhone, phone } from '../detect/phone.ts';
import { readings, textOf } from '../detect/readings.ts';
import type { SqlValue } from '../mysql/session.ts';
import type { Mask } from '../rules/rule-set.ts';
import type { Column } from '../schema/model.ts';
import { branchesOf, mayMake } from './may-make.ts';
import type { HoldsName } from './name-search.ts';
import { pathWithin, type StringWithin, stringsWithin } from './strings-within.ts';

/** What was found in one value, each with where in it: `email in $.contact.email`. */
export type ColumnLook = (value: SqlValue) => readonly string[];

export const ORIGINAL_NAME = 'name of the original';

const TEXTS: ReadonlySet<Column['kind']> = new Set(['text', 'json', 'binary']);
/** Their digits are drawn, so that a form says nothing; whether they are the original's, marks tell. */
const DRAWN: ReadonlySet<Mask['kind']> = new Set(['digits', 'hash']);
const ONLY_EMAIL: readonly Detector[] = DETECTORS.filter(({ name }) => name === 'email');

export interface LookAt {
  readonly column: Column;
  /** Undefined for one that no rule covers, and for a generated one. */
  readonly mask: Mask | undefined;
}

/** How to look at a column; undefined where nothing personal can be told from its type. */
export function lookAt(
  { column, mask }: LookAt,
  { isSafe, holdsName }: { isSafe: IsSafe; holdsName: HoldsName },
): ColumnLook | undefined {
  const isDrawn = mask !== undefined && DRAWN.has(mask.kind);
  if (TEXTS.has(column.kind)) {
    const detectors = isDrawn ? ONLY_EMAIL : DETECTORS;
    const fakedPaths = pathsOf(mask, drawsNames);
    const drawnPaths = pathsOf(mask, ({ kind }) => DRAWN.has(kind));
    const mayHoldNames = !drawsNames(mask) && !column.isGenerated;
    const fakeCases = branchesOf(mask).filter(({ kind }) => kind === 'fake' || kind === 'cases');
    const isFakeOfCase = (text: string) => fakeCases.some((each) => mayMake(text, { column, mask: each }, 0));
    return remembering((value) =>
      lookAtText(value, (within) => {
        const texts = [within.text, ...readings(within.text)];
        const of = drawnPaths.has(within.path) ? ONLY_EMAIL : detectors;
        const found = texts.flatMap((text) => detect(text, isSafe, of));
        const isOpen = mayHoldNames && !fakedPaths.has(within.path) && !isFakeOfCase(within.text);
        const isName = isOpen && texts.some(holdsName);
        return [
          ...said(found, within),
          ...nhsNumberOf(column, within, of === ONLY_EMAIL),
          ...(isName ? [ORIGINAL_NAME] : []),
        ];
      }),
    );
  }
  const isLongNumber = /^(?:bigint|decimal|int)/.test(column.columnType) && !isDrawn && !column.isAutoIncrement;
  return isLongNumber && ['integer', 'decimal'].includes(column.kind)
    ? (value) => (value === null ? [] : lookAtNumber(String(value).replace(/\.0*$/, ''), { column, isSafe }))
    : undefined;
}

function lookAtNumber(text: string, { column, isSafe }: { column: Column; isSafe: IsSafe }): readonly string[] {
  return [...detectInNumber(text, isSafe), ...nhsNumberOf(column, { path: '', text }, false)];
}

/** Many a number of a document has ten digits: what it is called has to say that it is a phone's. */
function said(found: readonly string[], { text, path, isNumber }: StringWithin): readonly string[] {
  const isBare = isNumber && isBarePhone(text) && !CALLED_PHONE.test(path);
  return isBare ? found.filter((name) => name !== phone.name) : found;
}

const CALLED_PHONE = /[Pp]hone|[Mm]obile|[Ff]fon|(?:^|[./_@])(?:[Tt]el|TEL|[Mm]ob|[Cc]ell|[Ff]ax|[Ss]ms|SMS)(?![a-z])/;

/** As if the text itself said so, where its column or field does. */
function nhsNumberOf({ name }: Column, { text, path }: StringWithin, isDrawn: boolean): readonly string[] {
  const isCalled = !isDrawn && (/nhs/i.test(name) || /nhs/i.test(lastOf(path)));
  return isCalled && nhsNumber.find(`nhs ${text}`).length > 0 ? [nhsNumber.name] : [];
}

function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
}

/** So many short values of a column are known when they come again: of most columns that is all there are. */
const REMEMBERED = 1000;
const SHORT = 60;

function remembering(look: ColumnLook): ColumnLook {
  const known = new Map<SqlValue, readonly string[]>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) {
      return before;
    }
    const found = look(value);
    if (typeof value === 'string' && value.length <= SHORT && known.size < REMEMBERED) {
      known.set(value, found);
    }
    return found;
  };
}

/**
 * A fake may be called as somebody is: it is drawn from the same names. Beside a case that keeps, it is told from what is
 * kept by being one that a fake can be.
 */
function drawsNames(mask: Mask | undefined): boolean {
  return (
    mask !== undefined &&
    (mask.kind === 'fake' ||
      mask.kind === 'shuffle' ||
      branchesOf(mask).some((branch) => branch.kind !== 'fake' && drawsNames(branch)))
  );
}

/** Of fields whose masks are such, as `stringsWithin` has them. */
function pathsOf(mask: Mask | undefined, isSuch: (mask: Mask) => boolean): ReadonlySet<string> {
  if (mask?.kind === 'cases') {
    const masks = [...mask.cases.map((each) => each.mask), mask.otherwise];
    return new Set(masks.flatMap((each) => [...pathsOf(each, isSuch)]));
  }
  const fields = mask?.kind === 'json' || mask?.kind === 'xml' ? mask.fields : [];
  return new Set(fields.filter((field) => isSuch(field.mask)).map(({ path }) => pathWithin(path)));
}

function lookAtText(value: SqlValue, look: (within: StringWithin) => readonly string[]): readonly string[] {
  const text = Buffer.isBuffer(value) ? textOf(value) : value;
  if (typeof text !== 'string' || text.length < SHORTEST) {
    return [];
  }
  const found = stringsWithin(text).flatMap((within) =>
    look(within).map((name) => (within.path === '' ? name : `${name} in ${within.path}`)),
  );
  return found.length > 1 ? [...new Set(found)] : found;
}
