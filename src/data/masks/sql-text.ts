/** A name of a table or column in a statement. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text in a statement. Anything but plain ASCII goes as hexadecimal digits: no SQL mode reads those differently. */
export function quoteText(text: string): string {
  return /^[ !#-&(-[\]-~]*$/.test(text) ? `'${text}'` : `CONVERT(0x${Buffer.from(text).toString('hex')} USING utf8mb4)`;
}
