const MAX_LENGTH = 60;

/**
 * Somebody's text, safe to repeat in a sentence on a pull request: as a code span, in which nothing is a link, a mention
 * or markup; one line, and short.
 */
export function quoted(text: string): string {
  const line = text.replace(/[`\p{C}\s]+/gu, ' ').trim();
  const short = line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return `\`${short === '' ? ' ' : short}\``;
}
