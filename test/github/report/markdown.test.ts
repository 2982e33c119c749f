import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import {
  code,
  fence,
  link,
  mention,
  oneLine,
  phrase,
  prose,
  shortened,
  table,
} from '../../../src/github/report/markdown.ts';

const HOSTILE = [
  '@dvsa/vol-app please',
  'fixes #12 and owner/repo#7, GH-9',
  '<img src=x onerror=alert(1)><!-- mayfly:environment -->',
  '| a | b |\n|---|---|',
  '\\| \\\\| `|` ``` ~~~',
  '**bold** _it_ ~~no~~ [x](javascript:alert(1)) ![i](http://e.com/i.png)',
  '# heading\n- item\n> quote\n```\ncode',
  '</details></table>\u202Eevil\u0000\u001B[31mred\u001B[0m',
  '$\\frac{1}{2}$ &amp; &#64;team',
  'https://github.com/owner/repo/issues/1',
  ' ',
];

/** Text as people and machines may have written it: hostile pieces glued together, or anything at all. */
const anyText = fc.oneof(
  fc
    .array(fc.constantFrom(...HOSTILE, 'a', '`', '|', '\\', '@x', '\n'), { maxLength: 6 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

async function html(markdown: string): Promise<string> {
  return await marked.parse(markdown, { gfm: true });
}

/** What GitHub would look for mentions and references in: everything outside of code. */
async function wordsOutsideCode(markdown: string): Promise<string> {
  return (await html(markdown))
    .replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&#64;|&commat;/g, '@')
    .replace(/&#35;|&num;/g, '#');
}

const MENTION_OR_REFERENCE = /@[a-z\d]|#\d|\bGH-\d|https?:\/\/github\.com/i;

describe('plain words', () => {
  it.each(['_www.evil.example', '~www.evil.example', '(www.evil.example', '_https://evil.example', 'WWW.evil.example'])(
    'lead nowhere, whatever stands before an address: %s',
    async (text) => {
      expect(await html(prose(text))).not.toContain('<a');
    },
  );

  it('never become a mention, a reference or an element', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom(prose, code, phrase), async (text, render) => {
        const body = `Says: ${render(text)} end`;
        expect(await wordsOutsideCode(body)).not.toMatch(MENTION_OR_REFERENCE);
        const elements = [...(await html(body)).matchAll(/<\/?([a-z!][a-z\d-]*)/gi)].map(([, name]) =>
          name?.toLowerCase(),
        );
        expect(elements.filter((name) => name !== 'p' && name !== 'code' && name !== 'a')).toEqual([]);
        expect(await html(body)).not.toMatch(/href="javascript/i);
      }),
      { numRuns: 400 },
    );
  });

  it('read as they were written', async () => {
    const written = 'feat(api): a_b * c [x] `code` <b> & 100% $5 | \\ end';
    const paragraph = (await html(prose(written))).replace(/<\/?p>/g, '').trim();
    expect(
      paragraph
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
        .replace(/&vert;/g, '|'),
    ).toBe(written);
  });

  it('stay on one line, without what cannot be seen', () => {
    expect(oneLine('a\u202Eb\u0000\u001B[31m red\u001B[0m\r\n\tc\u200B ')).toBe('ab red c');
  });

  it('are cut by characters, not by halves of them', () => {
    expect(shortened('😀😀😀', 2)).toBe('😀…');
    expect(shortened('abc', 3)).toBe('abc');
  });
});

describe('a code span', () => {
  it('keeps the text, whatever ticks and bars are in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('a`b', '``', '`', 'a|b', 'x\\`y', '`|\\'), async (text) => {
        const [, inner = ''] = /<code>(.*)<\/code>/.exec(await html(code(text))) ?? [];
        const decoded = inner
          .replace(/&vert;/g, '|')
          .replace(/&#96;/g, '`')
          .replace(/&amp;/g, '&');
        expect(decoded).toBe(text);
      }),
    );
  });

  it('is a dash when there is nothing to show', () => {
    expect(code(' \n')).toBe('—');
  });
});

describe('a phrase', () => {
  it('keeps what its author quoted as code, and makes words of the rest', () => {
    expect(phrase('`extned` is no command: did you mean `extend`? @x')).toBe(
      '`extned` is no command: did you mean `extend`? @\u200Bx',
    );
  });
});

describe('a table', () => {
  it('has the rows and columns it was given, whatever stands in its cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText, anyText), { minLength: 1, maxLength: 4 }), (rows) => {
        const body = table(
          ['A', 'B', 'C'],
          rows.map(([a, b, c]) => [prose(a), code(b), phrase(c)]),
        );
        const tokens = marked.lexer(body, { gfm: true }).filter(({ type }) => type !== 'space');
        expect(tokens).toHaveLength(1);
        const [token] = tokens;
        expect(token?.type).toBe('table');
        expect(token && 'rows' in token ? (token['rows'] as unknown[][]).map((row) => row.length) : []).toEqual(
          rows.map(() => 3),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing without rows', () => {
    expect(table(['A'], [])).toBe('');
  });
});

describe('a fence', () => {
  it('holds every line as it stands, and no line closes it', () => {
    const lines = fc.array(
      fc.oneof(fc.constantFrom('```', '````', '~~~', '   ```', '</details>', '@team', '| a |'), fc.string()),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(lines, (given) => {
        const tokens = marked
          .lexer(`before\n${fence(given)}\nafter`, { gfm: true })
          .filter(({ type }) => type !== 'space');
        expect(tokens.map(({ type }) => type)).toEqual(['paragraph', 'code', 'paragraph']);
        // The parser that judges here adds an empty line after a last one that is empty.
        const held = tokens[1] && 'text' in tokens[1] ? String(tokens[1].text) : '';
        expect(held.replace(/\n+$/, '')).toBe(given.join('\n').replace(/\n+$/, ''));
      }),
      { numRuns: 300 },
    );
  });

  it('shows no colours and cuts endless lines', () => {
    expect(fence(['\u001B[31mred\u001B[0m', 'x'.repeat(600)], { maxLength: 10 })).toBe(
      '\n```text\nred\nxxxxxxxxx…\n```\n',
    );
  });
});

describe('a link', () => {
  it.each([
    ['https://api.pr-7.example.org', '<https://api.pr-7.example.org/>', 'an address'],
    ['https://e.org/a|b>c', '<https://e.org/a%7Cb%3Ec>', 'nothing in it ends a cell or the link'],
    ['javascript:alert(1)', '`javascript:alert(1)`', 'only the web is linked'],
    ['not an address', '`not an address`', 'not an address'],
  ])('makes of %s %s: %s', (url, expected) => {
    expect(link(url)).toBe(expected);
  });
});

describe('a mention', () => {
  it('notifies a login or a team, and nothing that is neither', () => {
    expect(mention('alice-1')).toBe('@alice-1');
    expect(mention('a/team')).toBe('@a/team');
    expect(mention('renovate[bot]')).toBe('`renovate[bot]`');
    expect(mention('a/b/c')).toBe('`a/b/c`');
    expect(mention('a b')).toBe('`a b`');
  });
});
