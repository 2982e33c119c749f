import type { CoveredColumn } from '../rules/covered.ts';
import type { FakeKind, Mask } from '../rules/rule-set.ts';
import { pathWithin, stringsWithin } from './strings-within.ts';

/** Texts of one document that the rules take for names. */
export interface NamesOfDocument {
  /** Of people and firms, whole. */
  readonly whole: readonly string[];
  /** Those of one person stand at the same place in both. */
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const NAMES: ReadonlySet<FakeKind> = new Set(['full-name', 'company', 'given-name', 'family-name']);

interface NameField {
  /** As `stringsWithin` has it. */
  readonly path: string;
  readonly of: FakeKind;
}

/** Whether a field of the column's documents is faked as a name. */
export function hasNameFields({ mask }: Pick<CoveredColumn, 'mask'>): boolean {
  return nameFields(mask).length > 0;
}

export function namesInDocument(document: string, { mask }: Pick<CoveredColumn, 'mask'>): NamesOfDocument {
  const fields = nameFields(mask);
  const texts = stringsWithin(document);
  const of = (...kinds: readonly FakeKind[]) => {
    const paths = new Set(fields.filter((field) => kinds.includes(field.of)).map(({ path }) => path));
    return texts.filter(({ path }) => paths.has(path)).map(({ text }) => text);
  };
  return { whole: of('full-name', 'company'), given: of('given-name'), family: of('family-name') };
}

function nameFields(mask: Mask): readonly NameField[] {
  if (mask.kind === 'cases') {
    return [...mask.cases.map((each) => each.mask), mask.otherwise].flatMap(nameFields);
  }
  const fields = mask.kind === 'json' || mask.kind === 'xml' ? mask.fields : [];
  return fields.flatMap(({ path, mask: each }) =>
    each.kind === 'fake' && NAMES.has(each.of) ? [{ path: pathWithin(path), of: each.of }] : [],
  );
}
