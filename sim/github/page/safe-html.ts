/** What GitHub lets through of the HTML that people write into Markdown, as far as a page needs it. */
const allowedTags = new Set(
  'a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p picture pre q s samp strong sub summary sup table tbody td tfoot th thead tr tt ul var'.split(
    ' ',
  ),
);

const allowedAttributes = new Set(['align', 'colspan', 'open', 'rowspan', 'title']);

export function escapeHtml(text: string): string {
  const entities: { readonly [character: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The address if a link may lead there: no `javascript:`, no `data:`. */
export function safeHref(href: string): string | undefined {
  return /^(https?:\/\/|mailto:|#|\/(?!\/))/i.test(href.trim()) ? href.trim() : undefined;
}

function attributesOf(source: string): Map<string, string> {
  const attributes = source.matchAll(/([a-zA-Z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
  return new Map(
    [...attributes].map(([, name = '', ...values]) => [
      name.toLowerCase(),
      values.find((value) => value !== undefined) ?? '',
    ]),
  );
}

function openTag(name: string, source: string, rewriteLink: (href: string) => string): string {
  const attributes = attributesOf(source);
  const kept = [...attributes].filter(([key]) => allowedAttributes.has(key));
  const href = name === 'a' ? safeHref(attributes.get('href') ?? '') : undefined;
  const all = [
    ...kept,
    ...(href === undefined
      ? []
      : [
          ['href', rewriteLink(href)],
          ['rel', 'noopener'],
        ]),
  ];
  return `<${[name, ...all.map(([key = '', value = '']) => `${key}="${escapeHtml(value)}"`)].join(' ')}>`;
}

/**
 * HTML with nothing in it that acts: tags off the list are shown as text, attributes off the list are dropped, comments
 * (a bot's hidden marker) vanish.
 */
export function safeHtml(source: string, rewriteLink: (href: string) => string): string {
  const pieces = /<!--[\s\S]*?(?:-->|$)|<\/?[a-zA-Z][a-zA-Z0-9]*(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?\/?>|</g;
  return source.replaceAll(pieces, (piece) => {
    if (piece.startsWith('<!--')) {
      return '';
    }
    const [, slash, tag, attributes = ''] = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)([\s\S]*)>$/.exec(piece) ?? [];
    const name = tag?.toLowerCase();
    if (name === undefined || !allowedTags.has(name)) {
      return escapeHtml(piece);
    }
    return slash ? `</${name}>` : openTag(name, attributes, rewriteLink);
  });
}
