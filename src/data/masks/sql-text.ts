/** A text in a statement. Anything but plain ASCII goes as hexadecimal digits: no SQL mode reads those differently. */
export function quoteText(text: string): string {
  return /^[ !#-&(-[\]-~]*$/.test(text) ? `'${text}'` : `CONVERT(0x${Buffer.from(text).toString('hex')} USING utf8mb4)`;
}

/**
 * A regular expression in a statement, in the words that PCRE (MariaDB) and ICU (MySQL) share. As hexadecimal digits: its
 * backslashes are none of the statement's.
 */
export function quotePattern(pattern: string): string {
  return `_utf8mb4 0x${Buffer.from(pattern).toString('hex')}`;
}

/** A regular expression's replacement, `\1` for what the first pair of parentheses took; MySQL writes `$1` for that. */
export function quoteReplacement(replacement: string): string {
  const icu = replacement.replace(/\\(\d)/g, '$$$1');
  return replacement === icu
    ? quotePattern(replacement)
    : `IF(VERSION() LIKE '%MariaDB%',${quotePattern(replacement)},${quotePattern(icu)})`;
}
