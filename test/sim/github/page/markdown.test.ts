import { describe, expect, it } from '@jest/globals';
import { createMarkdown } from '../../../../sim/github/page/markdown.ts';

const render = createMarkdown((href) => href.replace('https://app.pr-7.example.gov.uk', 'http://127.0.0.1:9'));

describe('a comment on the page', () => {
  it('shows tables, folded details and emoji as GitHub does', () => {
    const html = render(
      '| a | b |\n|---|---|\n| **1** | :rocket: 🟢 |\n\n<details><summary>More</summary>\n\n- x\n\n</details>',
    );
    expect(html).toContain('<table>');
    expect(html).toContain('<strong>1</strong>');
    expect(html).toContain('🚀 🟢');
    expect(html).toMatch(/<details><summary>More<\/summary>\s*<ul>/);
    expect(html).toContain('</details>');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script within text', 'text <script src="https://evil.example/x.js"></script>'],
    ['a picture with a handler', '<img src=x onerror="alert(1)">'],
    ['a frame', '<iframe src="https://evil.example"></iframe>'],
    ['a style', '<style>body{display:none}</style>'],
    ['a tag that never ends', '<img src=x onerror=alert(1)//'],
    ['a form', '<form action="/acme/shop/pull/1/merge" method="post"><button>ok</button></form>'],
  ])('shows %s as text', (_, source) => {
    expect(render(source)).not.toMatch(/<(script|img|iframe|style|form|button)/i);
  });

  it.each([
    ['[x](javascript:alert(1))'],
    ['<a href="javascript:alert(1)">x</a>'],
    ['<a href=" java&#115;cript:alert(1)">x</a>'],
    ['<a href="//evil.example">x</a>'],
    ['![x](data:text/html;base64,AAAA)'],
  ])('leads nowhere bad with %s', (source) => {
    expect(render(source)).not.toContain('href');
  });

  it('drops handlers and styles from the tags it keeps', () => {
    expect(render('<details open onclick="x()" style="color:red"><summary>s</summary></details>').trim()).toBe(
      '<details open=""><summary>s</summary></details>',
    );
  });

  it('hides the marker of a bot', () => {
    expect(render('<!-- mayfly:environment -->\nhello')).not.toContain('mayfly');
  });

  it('sends links where the local cloud can open them', () => {
    expect(render('https://app.pr-7.example.gov.uk/x')).toContain('href="http://127.0.0.1:9/x"');
  });
});
