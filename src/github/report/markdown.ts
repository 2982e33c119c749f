/** What no reader can see, and what turns the reading direction round: none of it belongs on a pull request. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** Terminal colours and cursor moves, as programs write them into logs. */
// oxlint-disable-next-line no-control-regex -- ESC is the very character to be found
const ANSI = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g;
/** Keeps GitHub from reading a mention, a reference or an address, and shows nothing. */
const ZERO_WIDTH_SPACE = '\u200B';

/** Anybody's text on one line, without what cannot be seen. */
export function oneLine(text: string): string {
  return text.replace(ANSI, '').replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}

/** The first `length` characters, the last of them an ellipsis when there are more. */
export function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/**
 * Anybody's text as plain words within a line: never markup, HTML, a table cell's end, a link, which people would take for
 * Mayfly's, a mention, or a reference that would leave a trace on another issue. An address to be copied belongs in a code span. `|` becomes an entity, because a backslash before it is read differently by
 * table rows and by code spans.
 */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\\/g, '\\\\')
    .replace(/[`*_[\]~$]/g, '\\$&')
    .replace(/^[#+=-]|^\d+(?=[.)](?: |$))/, escapedStart)
    .replace(/@/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
    .replace(/(GH-)(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/(https?:\/\/|ftp:\/\/|www\.)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/\|/g, '&vert;');
}

/** Where a line begins, these make a heading, a rule or a list: a mark is escaped, and of a number what stands behind it. */
function escapedStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}

/** Anybody's text as a code span. Safe in a table cell, where a span's backticks do not protect a `|`. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') {
    return '—';
  }
  return /[`|\\]/.test(line) ? `<code>${prose(line)}</code>` : `\`${line}\``;
}

/** A sentence of Mayfly's own that may quote people in code spans; everything outside of them is plain words. */
export function phrase(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : phraseWords(part)))
    .join('');
}

/** As `prose`, with the spaces at both ends kept: they stand between words and a code span. */
function phraseWords(part: string): string {
  const words = prose(part);
  return words === '' ? part : `${part.startsWith(' ') ? ' ' : ''}${words}${part.endsWith(' ') ? ' ' : ''}`;
}

/** Lines of anybody's text as they stand, in a fence that none of them can close. Begins and ends with an empty line. */
export function fence(lines: readonly string[], { maxLength = 500 }: { maxLength?: number } = {}): string {
  const clean = lines
    .flatMap((line) => line.split(/\r\n|[\n\r\u2028\u2029]/))
    .map((line) => shortened(line.replace(ANSI, '').replace(/\t/g, '  ').replace(INVISIBLE, ''), maxLength));
  const longestRun = Math.max(2, ...clean.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const mark = '`'.repeat(longestRun + 1);
  return `\n${mark}text\n${clean.join('\n')}\n${mark}\n`;
}

/** An address to click; as code when it is not one. */
export function link(url: string): string {
  const href = URL.parse(url)?.href;
  return href && /^https?:/.test(href) ? `<${href.replace(/[|`]/g, encodeURIComponent)}>` : code(url);
}

/** A table; every cell is Markdown already and holds no line break and no bare `|`. Empty when it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) {
    return '';
  }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Text to unfold. The empty lines let Markdown work inside. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

const PERSON = /^[a-z\d](?:[a-z\d-]{0,38})$/i;
const TEAM = /^[a-z\d](?:[a-z\d-]{0,38})\/[\w.-]{1,100}$/i;

/** Whether a login is that of somebody who can be told. Bots' end in `[bot]`. */
export function isPerson(login: string): boolean {
  return PERSON.test(login);
}

/** A login or `owner/team` that notifies whom it names; as code when it can be neither. */
export function mention(name: string): string {
  return PERSON.test(name) || TEAM.test(name) ? `@${name}` : code(name);
}
