import { Marked } from 'marked';
import { escapeHtml, safeHref, safeHtml } from './safe-html.ts';

/** The short codes bots like; Unicode emoji need none. */
const shortCodes: { readonly [code: string]: string } = {
  eyes: '👀',
  green_circle: '🟢',
  hourglass: '⌛',
  red_circle: '🔴',
  rocket: '🚀',
  warning: '⚠️',
  white_check_mark: '✅',
  white_circle: '⚪',
  x: '❌',
  yellow_circle: '🟡',
};

/** Renders comments as GitHub does: GFM, line breaks kept, `<details>` alive, scripts shown as text. */
export function createMarkdown(rewriteLink: (href: string) => string): (source: string) => string {
  const marked = new Marked({ gfm: true, breaks: true, async: false });
  const anchor = (href: string, inner: string): string => {
    const target = safeHref(href);
    return target === undefined ? inner : `<a href="${escapeHtml(rewriteLink(target))}" rel="noopener">${inner}</a>`;
  };
  marked.use({
    renderer: {
      html: ({ text }) => safeHtml(text, rewriteLink),
      link({ href, tokens }) {
        return anchor(href, this.parser.parseInline(tokens));
      },
      // Loading pictures from the internet is nothing a local page should do by itself.
      image: ({ href, text }) => anchor(href, escapeHtml(text || href)),
    },
  });
  return (source) => {
    const rendered = marked.parse(source, { async: false });
    return rendered.replaceAll(/:([a-z_]+):/g, (whole, code: string) => shortCodes[code] ?? whole);
  };
}
