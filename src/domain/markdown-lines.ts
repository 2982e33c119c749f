/** One line of a comment as its author meant it to be read: 1-based, without what hides in it. */
export interface PlainLine {
  readonly number: number;
  readonly text: string;
}

/** A stretch of lines that is not prose, and what ends it. */
type Region = { readonly ends: (line: string) => boolean };

const COMMENT_START = '<!--';
const COMMENT_END = '-->';
const INVISIBLE = /[\uFEFF\u200B-\u200F\u2060-\u2064\u00AD]/g;

/**
 * The lines of a Markdown text that are prose: no quotes, no fenced or indented code, no HTML comments, no `<pre>`.
 * Where Markdown is in doubt the line is left out: what is returned may be acted on.
 */
export function proseLines(body: string): PlainLine[] {
  const lines = body.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replace(INVISIBLE, ''));
  const lastCommentEnd = lines.findLastIndex((line) => line.includes(COMMENT_END));
  const prose: PlainLine[] = [];
  let region: Region | undefined;
  let goesOnInQuote = false;
  for (const [index, line] of lines.entries()) {
    if (region !== undefined) {
      region = region.ends(line) ? undefined : region;
      continue;
    }
    goesOnInQuote = isQuote(line) ? quotesParagraph(line) : goesOnInQuote && !endsParagraph(line);
    region = isQuote(line) ? undefined : regionOpenedBy(line, { isClosedLater: lastCommentEnd > index });
    if (!isQuote(line) && !goesOnInQuote && !isIndented(line) && !startsWithMarkup(line)) {
      prose.push({ number: index + 1, text: withoutComments(line) });
    }
  }
  return prose;
}

function isQuote(line: string): boolean {
  return /^ {0,3}>/.test(line);
}

/** Its last line may be followed by lines without a `>` that belong to it all the same (CommonMark 5.1, "laziness"). */
function quotesParagraph(line: string): boolean {
  return !endsParagraph(line.replace(/^( {0,3}> ?| {0,3}([-+*]|\d{1,9}[.)])\s+)+/, ''));
}

/** An empty line, or one that begins a block which may interrupt a paragraph. */
function endsParagraph(line: string): boolean {
  return line.trim() === '' || /^ {0,3}(#{1,6}(\s|$)|`{3}|~{3}|<|[-+*]\s|1[.)]\s|(\*\s*){3,}$|(_\s*){3,}$)/.test(line);
}

/** By a tab or four spaces: code, a part of a list, or the middle of a paragraph. */
function isIndented(line: string): boolean {
  return /^ {0,3}\t|^ {4}/.test(line);
}

function startsWithMarkup(line: string): boolean {
  return /^ {0,3}(`{3}|~{3}|<)/.test(line);
}

function regionOpenedBy(line: string, comment: { isClosedLater: boolean }): Region | undefined {
  return fenceOpenedBy(line) ?? preformattedOpenedBy(line) ?? commentOpenedBy(line, comment);
}

/** "A code fence is a sequence of at least three consecutive backtick characters or tildes" (CommonMark 4.5). */
function fenceOpenedBy(line: string): Region | undefined {
  const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
  if (fence === undefined) {
    return undefined;
  }
  return {
    ends: (candidate) => {
      const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(candidate)?.[1];
      return closing !== undefined && closing[0] === fence[0] && closing.length >= fence.length;
    },
  };
}

/** The HTML whose content is shown as it stands (CommonMark 4.6, first kind). */
function preformattedOpenedBy(line: string): Region | undefined {
  if (!/^ {0,3}<(pre|script|style|textarea)(\s|>|$)/i.test(line) || closesPreformatted(line)) {
    return undefined;
  }
  return { ends: closesPreformatted };
}

function closesPreformatted(line: string): boolean {
  return /<\/(pre|script|style|textarea)>/i.test(line);
}

/** A comment that the line leaves open. One that begins the line hides all that follows; elsewhere only if it is closed later. */
function commentOpenedBy(line: string, { isClosedLater }: { isClosedLater: boolean }): Region | undefined {
  if (!line.includes(COMMENT_START) || !withoutComments(withoutCodeSpans(line)).includes(COMMENT_START)) {
    return undefined;
  }
  const beginsLine = /^ {0,3}<!--/.test(line);
  return beginsLine || isClosedLater ? { ends: (candidate) => candidate.includes(COMMENT_END) } : undefined;
}

/** Scans once: a regular expression would look for the end of each unclosed one again. */
function withoutComments(line: string): string {
  let rest = '';
  let from = 0;
  for (;;) {
    const start = line.indexOf(COMMENT_START, from);
    const end = start === -1 ? -1 : line.indexOf(COMMENT_END, start + COMMENT_START.length);
    if (end === -1) {
      return rest + line.slice(from);
    }
    rest += line.slice(from, start);
    from = end + COMMENT_END.length;
  }
}

/** A code span ends at the next run of exactly as many backticks (CommonMark 6.1). */
function withoutCodeSpans(line: string): string {
  const runs = [...line.matchAll(/`+/g)];
  let rest = '';
  let from = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    const close = runs.findIndex(([ticks], later) => later > index && ticks === open?.[0]);
    if (open !== undefined && close !== -1) {
      rest += line.slice(from, open.index);
      from = (runs[close]?.index ?? 0) + open[0].length;
      index = close;
    }
  }
  return rest + line.slice(from);
}
