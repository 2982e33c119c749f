/** A page as a person's browser has it: what it says, and its one form. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
  /** Presses the form's button, with these fields filled in otherwise; `manual` stays where it is led away from. */
  submit(filled?: Readonly<Record<string, string>>, redirect?: 'follow' | 'manual'): Promise<Page>;
}

export async function open(url: string | URL, init: RequestInit = {}): Promise<Page> {
  return await pageOf(await fetch(url, init));
}

async function pageOf(response: Response): Promise<Page> {
  const html = await response.text();
  const { status, url, headers } = response;
  return {
    status,
    url,
    html,
    headers,
    async submit(filled = {}, redirect = 'follow') {
      const action = /<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? '';
      const fields = [...html.matchAll(/<input(?: type="hidden")? name="([^"]*)" value="([^"]*)"/g)];
      const body = new URLSearchParams();
      for (const [, name = '', value = ''] of fields) {
        body.set(name, decoded(value));
      }
      for (const [name, value] of Object.entries(filled)) {
        body.set(name, value);
      }
      return await open(new URL(decoded(action), url), { method: 'POST', body, redirect });
    },
  };
}

function decoded(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
