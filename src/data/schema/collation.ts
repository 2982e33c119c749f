/** `binary` stands for the bytes of a text in UTF-8. */
export function isBinary(collation: string): boolean {
  return collation === 'binary' || collation.endsWith('_bin');
}

/** Whether it takes no notice of spaces at the end: all do but bytes themselves and those that say so. */
export function isPadded(collation: string): boolean {
  return !/_0900_|_nopad_|^binary$/.test(collation);
}

/** Every collation begins with the name of its character set (MySQL Reference Manual, Collation Naming Conventions). */
export function charsetOf(collation: string): string {
  return collation.split('_')[0] ?? collation;
}

/** A text as another collation has it, in SQL. Its character set must hold the text: strict servers refuse a question mark. */
export function collated(value: string, collation: string): string {
  return collation === 'binary'
    ? `CAST(CONVERT(${value} USING utf8mb4) AS BINARY)`
    : `CONVERT(${value} USING ${charsetOf(collation)}) COLLATE ${collation}`;
}

/** Of these, each character set of Unicode has one, and they compare alike. */
const UNICODE = /^(?:utf8|utf8mb3|ucs2|utf16|utf32)_((?:general|unicode|unicode_520)_(?:nopad_)?ci)$/;

/** The collation that compares as this one does and holds all texts of these; undefined where there is none. */
export function holdingAll(collation: string, others: readonly string[]): string | undefined {
  const charset = charsetOf(collation);
  const unicode = UNICODE.exec(collation)?.[1];
  if (unicode !== undefined) {
    return `utf8mb4_${unicode}`;
  }
  return charset === 'utf8mb4' || others.every((other) => [charset, 'ascii'].includes(charsetOf(other)))
    ? collation
    : undefined;
}
