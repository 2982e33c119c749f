/** A name of a table or column as the server reads it back letter by letter, whatever stands in it. */
export function quoteName(...parts: readonly string[]): string {
  return parts.map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');
}
